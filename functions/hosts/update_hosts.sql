create or replace function incident_engine.update_hosts(host_names text[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update incident.host as h
    set status = n.status,
        reason = n.reason,
        state_started_at = n.state_started_at,
        is_silent = n.is_silent,
        over_limits = n.over_limits
    from (
        select k.host_name, coalesce(s.status, 'reporting') as status, s.reason,
            coalesce(s.started_at, k.first_seen_at) as state_started_at,
            coalesce(c.is_silent, false) as is_silent, coalesce(c.over_limits, '{}') as over_limits
        from incident.host as k
        left join incident.system_state as s
            on s.host_name = k.host_name
            and s.device_name = k.host_name
            and s.capture_folder = 'host'
            and s.ended_at = 'infinity'
        left join lateral (
            select bool_or(c.cause = 'silent') as is_silent,
                array_agg(c.cause order by c.cause) filter (where c.cause <> 'silent') as over_limits
            from incident.host_condition as c
            where c.host_name = k.host_name and c.ended_at = 'infinity'
        ) as c on true
        where k.host_name = any (update_hosts.host_names)
    ) as n
    where
        h.host_name = n.host_name
        and (h.status, h.reason, h.state_started_at, h.is_silent, h.over_limits)
        is distinct from (n.status, n.reason, n.state_started_at, n.is_silent, n.over_limits);
end
$$;

comment on function incident_engine.update_hosts(text[]) is
'Brings incident.host up to its conditions and its history after a fold; hosts whose condition did not change are not written.';

revoke all on function incident_engine.update_hosts(text[]) from public;
