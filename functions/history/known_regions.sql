create or replace function incident_engine.known_regions(regions incident_engine.touch[])
returns table (
    number bigint,
    region incident_engine.touch,
    sample_interval interval,
    no_data_after interval,
    device incident.device,
    state_before incident.device_state,
    next_state_ends_at timestamptz
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
    return query
    with scope as materialized (
        select p.host_name, p.device_name, p.capture_folder, (p.policy).sample_interval, (p.policy).no_data_after
        from incident_engine.scope_policies(
            array(select distinct r.host_name from unnest(regions) as r), array[null]::text[]
        ) as p
    )

    select a.number, (a.host_name, a.device_name, a.capture_folder, a.from_time, a.to_time)::incident_engine.touch,
        coalesce(pd.sample_interval, ph.sample_interval, pa.sample_interval),
        coalesce(pd.no_data_after, ph.no_data_after, pa.no_data_after),  -- rule: the most specific policy wins
        d.device, b.state, n.ended_at
    from unnest(regions) with ordinality as a (host_name, device_name, capture_folder, from_time, to_time, number)
    join scope as pa on pa.host_name is null
    left join scope as ph on ph.host_name = a.host_name and ph.device_name is null
    left join scope as pd
        on pd.host_name = a.host_name and pd.device_name = a.device_name and pd.capture_folder = a.capture_folder
    left join lateral (
        select k as device
        from incident.device as k
        where k.host_name = a.host_name and k.device_name = a.device_name and k.capture_folder = a.capture_folder
        offset 0
    ) as d on true
    left join lateral (
        select e as state
        from incident.device_state as e
        where
            e.host_name = a.host_name
            and e.device_name = a.device_name
            and e.capture_folder = a.capture_folder
            and e.started_at < a.from_time
        order by e.started_at desc
        limit 1
    ) as b on (b.state).ended_at > a.from_time
    left join lateral (
        select e.ended_at
        from incident.device_state as e
        where
            e.host_name = a.host_name
            and e.device_name = a.device_name
            and e.capture_folder = a.capture_folder
            and e.started_at <= a.to_time
        order by e.started_at desc
        limit 1
    ) as n on n.ended_at > a.to_time;
end
$$;

comment on function incident_engine.known_regions(incident_engine.touch[]) is
'Each region with what is known of its device (null: nothing yet) and how long a silence counts there, the state that reaches into it '
'from before, and the end of the one that holds at its end. number: its place among the regions.';

revoke all on function incident_engine.known_regions(incident_engine.touch[]) from public;
