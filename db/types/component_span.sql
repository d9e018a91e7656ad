-- A part of a component's life that is derived as a whole: no incident crosses its ends.
create type incident_engine.component_span as (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    from_time timestamptz,
    to_time timestamptz,
    policy incident.policy
);
