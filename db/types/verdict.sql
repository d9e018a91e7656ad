-- What is to be written: an incident to open (incident_id null), to change, or to retract (derived null).
create type incident_engine.verdict as (
    subject integer,
    incident_id bigint,
    derived incident_engine.derived_incident,
    joined_into bigint
);
