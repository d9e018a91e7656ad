create or replace function incident_engine.fold_hosts(
    touched incident_engine.touch[], horizon timestamptz, cause text default 'late samples'
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    host_names constant text[] := array(select distinct t.host_name from unnest(touched) as t);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    regions incident_engine.touch[];
    heard incident_engine.touch[];
    overloads incident_engine.touch[];
    bases incident_engine.touch[];
    changed incident_engine.touch[];
begin
    perform incident_engine.notice_outage();
    regions := touched || incident_engine.register_hosts(host_names, horizon);

    -- What was heard of the hosts, and what of it is wrong.
    heard := incident_engine.silence_regions(regions);
    heard := incident_engine.replace_host_conditions(heard, incident_engine.host_silences(heard, horizon));
    overloads := incident_engine.overload_regions(
        array(select t from unnest(touched) as t where t.device_name = ''), horizon
    );
    overloads := incident_engine.replace_host_conditions(
        overloads, incident_engine.host_overloads(overloads, horizon)
    );

    -- What follows for the hosts, and for the devices whose silence it may explain.
    bases := (
        select array_agg((
            r.host_name, r.host_name, 'host',
            incident_engine.reported_before(r.host_name, r.host_name, 'host', r.from_time),
            incident_engine.reported_after(r.host_name, r.host_name, 'host', r.to_time)
        )::incident_engine.touch)
        from (
            select a.host_name, min(a.from_time) as from_time, max(a.to_time) as to_time
            from unnest(regions || heard || overloads) as a
            group by a.host_name
        ) as r
    );
    changed := incident_engine.replace_system_states(bases, array(select s from incident_engine.host_states(bases) as s));
    bases := incident_engine.devices_in(regions || heard);
    changed := changed || incident_engine.replace_system_states(bases, incident_engine.device_system_states(bases));
    perform incident_engine.update_hosts(host_names);

    -- What was asked about though nothing changed: an incident may wait for policy, or for the next missed signal.
    changed := changed || incident_engine.to_recheck(
        array(select distinct t.host_name from unnest(touched) as t where t.device_name = '')
    ) || array(
        select distinct (
            s.host_name, s.device_name, s.capture_folder, t.from_time, t.to_time
        )::incident_engine.touch
        from unnest(touched) as t
        join incident.system_state as s using (host_name)
        where t.device_name = '' and t.to_time = 'infinity'
    );
    perform incident_engine.fold_incidents(changed, array['system'], horizon, cause);
    perform set_config('incident_engine.writer', 'engine', true);
    perform incident_engine.update_reasons(changed);
    perform incident_engine.link_incidents(host_names);
    perform set_config('incident_engine.writer', writer_before, true);
end
$$;

comment on function incident_engine.fold_hosts(incident_engine.touch[], timestamptz, text) is
'The fold of what concerns hosts: signals and rows -> conditions of the host -> history of the component system of the host and '
'its devices -> system incidents. Takes spans of devices whose silence changed, and of hosts (device_name '''') whose rows are '
'new. horizon: what is dated after it is not looked at. cause: as of fold.';

revoke all on function incident_engine.fold_hosts(incident_engine.touch[], timestamptz, text) from public;
