-- An incident as the history tells it; ended_at is infinity while it lasts.
create type incident_engine.stretch as (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    started_at timestamptz,
    ended_at timestamptz,
    severity text,
    first_severity text,
    severity_since timestamptz,
    reopen_count integer,
    reopened_at timestamptz,
    flapping_since timestamptz
);
