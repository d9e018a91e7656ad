create or replace function incident_engine.register_hosts(host_names text[], horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    moved incident_engine.touch[];
begin
    with seen as (
        select n.host_name, least(
            (
                select min(d.first_sample_at)
                from incident.device as d
                where d.host_name = n.host_name
            ),
            (
                select m.timestamp
                from incident_engine.host_sample as m
                where m.host_name = n.host_name and m.timestamp <= horizon
                order by m.timestamp limit 1
            )
        ) as first_seen_at
        from (select distinct u.host_name from unnest(host_names) as u (host_name)) as n
    ),

    registered as (
        insert into incident.host (host_name, first_seen_at, state_started_at)
        select s.host_name, s.first_seen_at, s.first_seen_at
        from seen as s
        where
            s.first_seen_at is not null
            and not exists (select from incident.host as h where h.host_name = s.host_name)
        order by s.host_name
        on conflict do nothing
    ),

    known as (
        update incident.host as h
        set first_seen_at = s.first_seen_at
        from seen as s
        join incident.host as o using (host_name)
        where h.host_name = s.host_name and s.first_seen_at < h.first_seen_at
        returning h.host_name, h.first_seen_at, o.first_seen_at as was
    )

    select array_agg((k.host_name, '', '', k.first_seen_at, k.was)::incident_engine.touch)
    into moved
    from known as k;
    return moved;
end
$$;

comment on function incident_engine.register_hosts(text[], timestamptz) is
'Registers hosts on their first signal. Returns, for those that turn out to have been there earlier, the time between.';

revoke all on function incident_engine.register_hosts(text[], timestamptz) from public;
