create or replace function incident_engine.end_incident_change(subject public.system_incident)
returns public.system_incident
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('incident_engine.writer', '', true);
    return (
        select i
        from public.system_incident as i
        where i.host_name = subject.host_name and i.incident_id = subject.incident_id
    );
end
$$;

comment on function incident_engine.end_incident_change(public.system_incident) is
'Last step of everything an operator does to an incident: later writes of the transaction are nobody''s but their own. '
'Returns the incident as it is now.';

revoke all on function incident_engine.end_incident_change(public.system_incident) from public;
