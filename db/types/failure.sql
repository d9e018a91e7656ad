-- What GET STACKED DIAGNOSTICS tells of an error.
create type incident_engine.failure as (
    sqlstate text,
    message text,
    detail text,
    hint text,
    context text
);
