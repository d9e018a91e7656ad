-- Part of a component's life that the fold looks at as a whole: no incident crosses its ends.
create type incident_engine.incident_window as (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    from_time timestamptz,
    to_time timestamptz
);
