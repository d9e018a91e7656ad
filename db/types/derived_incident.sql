-- An incident as history and people's actions tell it, in one of several spans (subject); resolved_at is infinity while it lasts.
create type incident_engine.derived_incident as (
    subject integer,
    detected_at timestamptz,
    resolved_at timestamptz,
    severity text,
    detected_severity text,
    severity_since timestamptz,
    reopen_count integer,
    reopened_at timestamptz,
    flapping_since timestamptz
);
