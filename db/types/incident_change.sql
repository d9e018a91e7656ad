-- An incident as it is now, and what has happened to it (incident_engine.incident_event).
create type incident_engine.incident_change as (incident public.system_incident, event text);
