create or replace function incident_engine.update_recheck(spans incident_engine.component_span[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
-- A plan made while the tables were small lives on in a long session.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
    -- Those that differ, mostly none; to_time: up to when.
    differing constant incident_engine.touch[] := array(
        select (d.host_name, d.device_name, d.capture_folder, null, c.recheck_until)::incident_engine.touch
        from (
            select distinct s.host_name, s.device_name, s.capture_folder
            from unnest(spans) as s
            where s.component <> 'system'
        ) as s
        cross join lateral (
            select n.*
            from incident.device as n
            where
                (n.host_name, n.device_name, n.capture_folder) = (s.host_name, s.device_name, s.capture_folder)
            offset 0
        ) as d
        cross join lateral (
            select max(case
                    when w.is_failing <> (i.incident_id is not null) or i.flapping_since is not null then 'infinity'  -- rule: what flaps is looked at with every sample; what does not count yet is looked at with every sample
                    when i.detected_at > d.state_started_at then i.detected_at
                end) as recheck_until
            from (
                values
                ('ffmpeg', case when d.ffmpeg_status in ('stuck', 'stopped') then true when d.ffmpeg_status = 'active' then false end),
                ('monitor', case when d.monitor_status in ('stuck', 'stopped') then true when d.monitor_status = 'active' then false end)
            ) as w (component, is_failing)
            left join public.system_incident as i
                on (i.host_name, i.device_name, i.capture_folder, i.component)
                = (d.host_name, d.device_name, d.capture_folder, w.component)
                and i.status in ('open', 'in_progress')
        ) as c
        where d.recheck_until is distinct from c.recheck_until
    );
begin
    if differing <> '{}' then
        update incident.device as d
        set recheck_until = u.to_time
        from unnest(differing) as u
        where (d.host_name, d.device_name, d.capture_folder) = (u.host_name, u.device_name, u.capture_folder);
    end if;
end
$$;

comment on function incident_engine.update_recheck(incident_engine.component_span[]) is
'Some samples matter though they say nothing new: while a component fails without an incident (the next may open one) or is '
'healthy with one (the next may resolve it), while it flaps, and before an incident that began within the present state. Writes into '
'incident.device up to when samples are to be looked at for that.';

revoke all on function incident_engine.update_recheck(incident_engine.component_span[]) from public;
