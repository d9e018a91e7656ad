create or replace function incident_engine.unsettled(host_names text[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select array_agg((s.host_name, s.device_name, s.capture_folder, s.started_at, 'infinity')::incident_engine.touch)
        from (
            select c.*
            from incident.system_state as c
            where c.ended_at = 'infinity' and (unsettled.host_names is null or c.host_name = any (unsettled.host_names))
        ) as s
        left join public.system_incident as i
            on i.host_name = s.host_name
            and i.device_name = s.device_name
            and i.capture_folder = s.capture_folder
            and i.component = 'system'
            and i.status in ('open', 'in_progress')
        where
            (s.severity is not null and i.incident_id is null)
            or (s.status in ('reporting', 'retired') and i.incident_id is not null)
    );
end
$$;

comment on function incident_engine.unsettled(text[]) is
'Hosts and devices of these hosts (null: of all) that fail without an active incident, or report with one: policy lets them wait, '
'or an operator acted, and the next missed signal may decide.';

revoke all on function incident_engine.unsettled(text[]) from public;
