create or replace function incident_engine.fold_hosts(touched incident_engine.touch[], horizon timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    host_names constant text[] := array(select distinct t.host_name from unnest(touched) as t);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    grace constant interval := (select max(p.new_device_grace) from incident.policy as p);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    regions incident_engine.touch[];
    bases incident_engine.touch[];
    overloads incident_engine.touch[];
    changed incident_engine.touch[];
    silences incident.host_condition[];
begin
    perform incident_engine.notice_outage();
    regions := touched || incident_engine.register_hosts(host_names, horizon);

    -- With room for the silences beside them, and for the grace of what turns out to have begun earlier.
    regions := (
        select array_agg((r.host_name, 'silent', '', lower(r.span), upper(r.span))::incident_engine.touch)
        from (
            select t.host_name,
                unnest(range_agg(tstzrange(t.from_time - longest, t.to_time + greatest(longest, grace)))) as span
            from unnest(regions) as t
            group by t.host_name
        ) as r
        where exists (select from incident.host as h where h.host_name = r.host_name)
    );
    if regions is null then
        return;
    end if;
    changed := incident_engine.replace_host_conditions(regions, incident_engine.host_silences(regions, horizon, false));
    regions := regions || changed;

    overloads := (select array_agg(t) from unnest(touched) as t where t.device_name = '');
    overloads := incident_engine.overload_regions(overloads, horizon);
    changed := incident_engine.replace_host_conditions(overloads, incident_engine.host_overloads(overloads, horizon));

    -- From the last moment before any of it at which the host, or the device, reported.
    bases := (
        select array_agg((
            r.host_name, r.host_name, 'host', coalesce(s.started_at, '-infinity'), 'infinity'
        )::incident_engine.touch)
        from (
            select a.host_name, min(a.from_time) as from_time from unnest(regions || changed) as a group by a.host_name
        ) as r
        left join lateral (
            select max(b.started_at) as started_at
            from incident.system_state as b
            where
                b.host_name = r.host_name
                and b.device_name = r.host_name
                and b.capture_folder = 'host'
                and b.status = 'reporting'
                and b.started_at < r.from_time
        ) as s on true
    );
    changed := incident_engine.replace_system_states(bases, incident_engine.host_states(bases));

    bases := incident_engine.devices_in(regions);
    if bases is not null then
        silences := incident_engine.host_silences(regions, horizon, true);
        changed := changed || incident_engine.replace_system_states(
            bases, incident_engine.device_system_states(bases, silences, horizon)
        );
    end if;
    perform incident_engine.update_hosts(host_names);

    changed := changed || incident_engine.unsettled(host_names);

    -- A rebuild asks for all of it: policy may tell other incidents of the same states.
    changed := changed || array(
        select distinct (
            s.host_name, s.device_name, s.capture_folder, t.from_time, 'infinity'::timestamptz
        )::incident_engine.touch
        from unnest(touched) as t
        join incident.system_state as s using (host_name)
        where t.device_name = '' and t.to_time = 'infinity'
    );
    perform incident_engine.fold_incidents(changed, array['system'], horizon);
    perform set_config('incident_engine.writer', 'engine', true);
    perform incident_engine.update_reasons(changed);
    perform incident_engine.link_incidents(host_names);
    perform set_config('incident_engine.writer', writer_before, true);
end
$$;

comment on function incident_engine.fold_hosts(incident_engine.touch[], timestamptz) is
'The fold of what concerns hosts: signals and rows -> conditions of the host -> history of the component system of the host and '
'its devices -> system incidents. Takes spans of devices whose silence changed, and of hosts (device_name '''') whose rows are '
'new. horizon: what is dated after it is not looked at.';

revoke all on function incident_engine.fold_hosts(incident_engine.touch[], timestamptz) from public;
