-- Included by migrate.sql. Plain tables with the names of the contract that were here before pg_incident are set aside in
-- schema incident_adopted; `make migrate` then runs db/adopt.sql, which takes their rows over.

do $$
declare
    name text;
begin
    if exists (select from incident.migration where version = 1) then
        return;
    end if;
    foreach name in array array['system_metrics', 'system_device_metrics', 'system_incident'] loop
        continue when to_regclass('public.' || name) is null;
        create schema if not exists incident_adopted;
        execute format('alter table public.%I set schema incident_adopted', name);
    end loop;
end
$$;
