create or replace function incident_engine.unsettled(host_names text[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select array_agg((s.host_name, s.device_name, s.capture_folder, s.started_at, 'infinity')::incident_engine.touch)
        from incident.system_state as s
        left join lateral (
            select n.incident_id
            from public.system_incident as n
            where
                n.host_name = s.host_name
                and n.device_name = s.device_name
                and n.capture_folder = s.capture_folder
                and n.component = 'system'
                and n.status in ('open', 'in_progress')
        ) as i on true
        where
            s.ended_at = 'infinity'
            and (unsettled.host_names is null or s.host_name = any(unsettled.host_names))
            and case
                when s.severity is not null then i.incident_id is null
                when s.status in ('reporting', 'retired') then i.incident_id is not null
            end
    );
end
$$;

comment on function incident_engine.unsettled(text[]) is
'Hosts and devices of these hosts (null: of all) that fail without an active incident, or report with one: policy lets them wait, '
'or an operator acted, and the next missed signal may decide.';

revoke all on function incident_engine.unsettled(text[]) from public;
