-- Why a verb leaves an incident as it is; without an errcode there is nothing left to do.
create type incident_engine.refusal as (
    incident_id bigint,
    errcode text,
    message text,
    detail text,
    hint text
);
