-- An incident on record that looks for the failure it is.
create type incident_engine.claim as (
    incident_id bigint,
    is_worked_on boolean,
    is_retracted boolean,
    from_time timestamptz,
    to_time timestamptz,
    lost_to bigint,
    recorded incident_engine.derived_incident
);
