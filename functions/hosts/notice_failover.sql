create or replace function incident_engine.notice_failover()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    runs_on constant text := incident_engine.server_identity();
    swept_at timestamptz;
begin
    -- Whoever comes first; nobody waits for it.
    select s.alive_at
    into swept_at
    from incident_engine.sweep_state as s
    where s.ran_on <> runs_on and s.alive_at is not null
    for update skip locked;
    if not found then
        return;
    end if;

    -- Hosts could not write until it was there: for that long nothing at all arrived.
    insert into incident.outage (started_at, ended_at)
    select g.started_at, g.ended_at
    from (
        select a.at as started_at, lead(a.at) over (order by a.at) as ended_at
        from (
            select swept_at as at
            union all
            select m.created_at
            from public.system_device_metrics as m
            where m.timestamp > swept_at - interval '10 minutes' and m.created_at > swept_at
            union all
            select m.created_at
            from public.system_metrics as m
            where m.timestamp > swept_at - interval '10 minutes' and m.created_at > swept_at
            union all
            select now()
        ) as a
        where a.at <= now()
    ) as g
    where g.ended_at >= g.started_at + (select min(p.no_data_after) from incident.policy as p)
    order by g.ended_at - g.started_at desc
    limit 1
    on conflict do nothing;
    update incident_engine.sweep_state as s set ran_on = runs_on, alive_at = now() where s.only_row;
end
$$;

comment on function incident_engine.notice_failover() is
'Records that the database was away when it was restored, copied or promoted since the last sweep: the longest time since then in '
'which no row arrived, if that is as long as the shortest silence that counts. Else, and the second time, does nothing.';

revoke all on function incident_engine.notice_failover() from public;
