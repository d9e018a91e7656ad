-- Which incident is which stretch: a row per incident to keep, retract (stretch_no null) or open (incident_id null).
create type incident_engine.incident_match as (
    host_name text,
    incident_id bigint,
    stretch_no bigint,
    joined_into bigint
);
