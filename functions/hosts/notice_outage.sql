create or replace function incident_engine.notice_outage(
    server_started_at timestamptz default pg_postmaster_start_time()
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    swept_at timestamptz;
    alive_at timestamptz;
begin
    perform incident_engine.notice_failover();
    swept_at := (select s.alive_at from incident_engine.sweep_state as s);
    if coalesce(swept_at >= server_started_at, true) or exists (
        select from incident.outage as o where o.ended_at = server_started_at
    ) then
        return;
    end if;

    -- Rows that arrived after the last sweep show that it was up for longer.
    alive_at := greatest(
        swept_at,
        (
            select max(m.created_at)
            from public.system_device_metrics as m
            where
                m.timestamp > swept_at - interval '10 minutes'
                and m.timestamp < server_started_at + incident_engine.clock_tolerance()
                and m.created_at < server_started_at
        ),
        (
            select max(r.created_at)
            from incident.host as h
            cross join lateral (
                select max(m.created_at) as created_at
                from public.system_metrics as m
                where
                    m.host_name = h.host_name
                    and m.timestamp > swept_at - interval '10 minutes'
                    and m.timestamp < server_started_at + incident_engine.clock_tolerance()
                    and m.created_at < server_started_at
            ) as r
        )
    );
    insert into incident.outage (started_at, ended_at)
    select alive_at, server_started_at
    where server_started_at >= alive_at + (select min(p.no_data_after) from incident.policy as p)
    on conflict do nothing;
end
$$;

comment on function incident_engine.notice_outage(timestamptz) is
'Records that the database was down: from the last sweep, or the last row that arrived after it, to the start of the server, if '
'that took as long as the shortest silence that counts; or that it has moved (see notice_failover). server_started_at: by default that of this server.';

revoke all on function incident_engine.notice_outage(timestamptz) from public;
