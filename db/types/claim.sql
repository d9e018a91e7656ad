-- An incident on record that looks for the failure it is.
create type incident_engine.claim as (
    incident_id bigint,
    is_worked_on boolean,
    is_aside boolean, -- no failure is its at present: retracted, or as an earlier monitoring recorded it
    from_time timestamptz,
    to_time timestamptz,
    lost_to bigint,
    recorded incident_engine.derived_incident
);
