create or replace function incident_engine.system_violations()
returns table (rule text, host_name text, device_name text, capture_folder text, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with horizon as (
        select greatest(s.swept_to, now()) + incident_engine.clock_tolerance() as horizon
        from incident_engine.sweep_state as s
    ),

    whole as (
        select
            array_agg((
                h.host_name, 'silent', '', '-infinity'::timestamptz, 'infinity'::timestamptz
            )::incident_engine.touch) as of_hosts,
            array_agg((
                h.host_name, h.host_name, 'host', '-infinity'::timestamptz, 'infinity'::timestamptz
            )::incident_engine.touch) as of_host_states
        from incident.host as h
    ),

    condition as (
        select c.*
        from whole as w
        cross join horizon as z
        cross join lateral unnest(incident_engine.host_silences(w.of_hosts, z.horizon)) as c
        union all
        select c.*
        from whole as w
        cross join horizon as z
        cross join
            lateral unnest(
                incident_engine.host_overloads(incident_engine.overload_regions(w.of_hosts, z.horizon), z.horizon)
            ) as c
    ),

    state as (
        select s.*
        from whole as w
        cross join lateral incident_engine.host_states(w.of_host_states) as s
        union all
        select s.*
        from
            (
                select
                    array_agg((
                        d.host_name,
                        d.device_name,
                        d.capture_folder,
                        '-infinity'::timestamptz,
                        'infinity'::timestamptz
                    )::incident_engine.touch) as of_devices
                from incident.device as d
                where
                    (d.device_name, d.capture_folder) <> (d.host_name, 'host')
                    -- Not yet told apart: the next round of the sweep will.
                    and not exists (
                        select from incident.system_state as k
                        where
                            (k.host_name, k.device_name, k.capture_folder)
                            = (d.host_name, d.device_name, d.capture_folder)
                            and k.ended_at = 'infinity'
                            and k.status = 'unreachable'
                    )
            ) as w
        cross join lateral unnest(incident_engine.device_system_states(w.of_devices)) as s
    )

    select
        'conditions of hosts are what signals and rows say', coalesce(r.host_name, t.host_name), null::text, null::text,
        format(
            '%s from %s to %s %s', coalesce(r.cause, t.cause), coalesce(r.started_at, t.started_at),
            coalesce(r.ended_at, t.ended_at), case when r.cause is null then 'is not recorded' else 'is not so' end
        )
    from (
        select k.* from incident.host_condition as k
        where k.cause <> 'clock'
    ) as r
    full join condition as t
        on t.host_name = r.host_name
        and t.cause = r.cause
        and t.started_at = r.started_at
        and t.ended_at = r.ended_at
    cross join incident_engine.sweep_state as w
    where
        t.cause is null
        or r.value is distinct from t.value
        -- One that no round could see yet is not recorded yet.
        or (r.cause is null and coalesce(t.reached_at <= w.swept_to, true))
    union all
    select
        'system states are what silences and conditions say',
        coalesce(r.host_name, t.host_name), coalesce(r.device_name, t.device_name),
        coalesce(r.capture_folder, t.capture_folder),
        format(
            '%s from %s to %s %s', coalesce(r.status, t.status), coalesce(r.started_at, t.started_at),
            coalesce(r.ended_at, t.ended_at), case when r.status is null then 'is not recorded' else 'is not so' end
        )
    from incident.system_state as r
    full join state as t
        on t.host_name = r.host_name
        and t.device_name = r.device_name
        and t.capture_folder = r.capture_folder
        and t.started_at = r.started_at
        and t.ended_at = r.ended_at
        and t.status = r.status
    where
        (r.status is null or t.status is null or r.reason is distinct from t.reason)
        and not exists (
            select from incident.system_state as k
            where
                k.host_name = r.host_name and k.device_name = r.device_name and k.capture_folder = r.capture_folder
                and k.capture_folder <> 'host' and k.ended_at = 'infinity' and k.status = 'unreachable'
        )
    union all
    select
        'host shows its last state', h.host_name, null, null,
        format('host: %s since %s, history: %s since %s', h.status, h.state_started_at, s.status, s.started_at)
    from incident.host as h
    left join incident.system_state as s
        on s.host_name = h.host_name
        and s.device_name = h.host_name
        and s.capture_folder = 'host'
        and s.ended_at = 'infinity'
    where
        (h.status, h.reason, h.state_started_at)
        is distinct from (coalesce(s.status, 'reporting'), s.reason, coalesce(s.started_at, h.first_seen_at));
end;

comment on function incident_engine.system_violations() is
'Where conditions of hosts and the history of the component system disagree with the signals and rows they come from. Reads all '
'of them.';

revoke all on function incident_engine.system_violations() from public;
