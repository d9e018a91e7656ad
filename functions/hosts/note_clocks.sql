create or replace function incident_engine.note_clocks(since timestamptz, as_of timestamptz)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
-- Plans that know the times open, and lock, the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
declare
    earliest constant timestamptz := (select min(f.timestamp) from incident_engine.future_sample as f);
    latest constant timestamptz := (select max(f.timestamp) from incident_engine.future_sample as f);
    -- What is dated further off is no clock that goes wrong, and the ends of time are no moments to count with.
    furthest constant numeric := extract(epoch from interval '100 years');
    tolerance constant numeric := extract(epoch from incident_engine.clock_tolerance());
    newer_than constant timestamptz := greatest(since, now() - incident_engine.commit_delay());
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    noted incident_engine.touch[];
begin
    with waiting as (
        select distinct on (f.host_name) f.*, min(f.timestamp) over (partition by f.host_name) as first_at
        from incident_engine.future_sample as f
        order by f.host_name, f.timestamp desc
    ),

    -- By how many seconds a clock is ahead: rows that are dated ahead show it, and agents measure it.
    seen as (
        select w.host_name, w.first_at, r.created_at as seen_at, extract(epoch from w.timestamp - r.created_at) as seconds
        from waiting as w
        cross join lateral (
            select m.created_at
            from public.system_device_metrics as m
            where
                m.host_name = w.host_name
                and m.device_name = w.device_name
                and m.capture_folder = w.capture_folder
                and m.timestamp = w.timestamp
                and m.timestamp between earliest and latest
            union all
            select m.created_at
            from public.system_metrics as m
            where w.device_name = '' and m.host_name = w.host_name and m.timestamp = w.timestamp
        ) as r
        union all
        select m.host_name, m.timestamp, m.created_at, a.seconds
        from public.system_metrics as m
        cross join lateral (
            select jsonb_path_query_first(m.agent, '$.clock_offset_seconds ? (@.type() == "number")')::numeric as seconds
        ) as a
        where
            m.created_at >= newer_than
            -- not of a row that waited in a spool
            and abs(extract(epoch from m.timestamp - m.created_at) - a.seconds) < tolerance
    ),

    reading as (
        select distinct on (s.host_name) s.host_name, s.seen_at, s.seconds,
            least(s.seen_at, s.first_at - make_interval(secs => s.seconds::double precision)) as first_seen_at
        from seen as s
        join incident.host as h using (host_name)
        where s.seen_at >= newer_than and abs(s.seconds) > tolerance and abs(s.seconds) < furthest
        order by s.host_name, s.seen_at desc
    ),

    going_on as (
        update incident.host_condition as c
        set last_signal_at = greatest(c.last_signal_at, r.seen_at)
        from reading as r
        where c.host_name = r.host_name and c.cause = 'clock' and c.ended_at = 'infinity'
        returning c.host_name
    ),

    begun as (
        insert into incident.host_condition (
            host_name, cause, started_at, ended_at, value, limit_value, last_signal_at
        )
        select r.host_name, 'clock', greatest(r.first_seen_at, e.ended_at), 'infinity', round(r.seconds), tolerance, r.seen_at
        from reading as r
        left join lateral (
            select max(c.ended_at) as ended_at
            from incident.host_condition as c
            where c.host_name = r.host_name and c.cause = 'clock'
        ) as e on true
        where coalesce(e.ended_at < 'infinity', true)
        returning host_name, started_at
    ),

    -- As long after it was last noticed as a silence must last to count.
    over as (
        update incident.host_condition as c
        set ended_at = c.last_signal_at + longest
        where
            c.cause = 'clock'
            and c.ended_at = 'infinity'
            and c.last_signal_at + longest <= as_of
            and c.host_name not in (select r.host_name from reading as r)
        returning c.host_name, c.started_at
    )

    select array_agg((n.host_name, '', '', n.started_at, as_of)::incident_engine.touch)
    into noted
    from (select b.* from begun as b union all select o.* from over as o) as n;
    return noted;
end
$$;

comment on function incident_engine.note_clocks(timestamptz, timestamptz) is
'Notes which hosts'' clocks are ahead or behind, by rows dated ahead and by what agents measured since the last round, and which are '
'right again. As long as rows come that say so, a host is heard. Returns the spans of hosts for which that is new.';

revoke all on function incident_engine.note_clocks(timestamptz, timestamptz) from public;
