create or replace function incident_engine.host_silences(regions incident_engine.touch[], horizon timestamptz)
returns incident.host_condition[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set jit = off
-- What is joined here has no statistics; tables are looked up laterally, by their keys.
set enable_nestloop = off
set enable_hashjoin = on
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    devices constant incident_engine.touch[] := array(
        select (d.host_name, d.device_name, d.capture_folder, null, null)::incident_engine.touch
        from (select distinct r.host_name from unnest(regions) as r) as h
        cross join lateral (select k.* from incident.device as k where k.host_name = h.host_name offset 0) as d
    );
begin
    return (
        with region as materialized (
            select r.host_name, r.from_time, r.to_time, p.sample_interval, p.no_data_after,
                (
                    select max(m.timestamp)
                    from incident_engine.host_sample as m
                    where
                        m.host_name = r.host_name
                        and m.timestamp < r.from_time
                        and m.timestamp >= incident_engine.first_plausible()
                ) as row_before,
                (
                    select min(m.timestamp)
                    from incident_engine.host_sample as m
                    where m.host_name = r.host_name and m.timestamp > r.to_time and m.timestamp <= horizon
                ) as row_after
            from unnest(regions) as r
            cross join lateral incident_engine.effective_policy(r.host_name, null, null, 'system') as p
        ),

        device as materialized (
            select d.host_name, d.device_name, d.capture_folder, d.first_sample_at, r.from_time, r.to_time,
                (p.policy).sample_interval, (p.policy).no_data_after
            from region as r
            cross join lateral (select k.* from incident.device as k where k.host_name = r.host_name offset 0) as d
            join incident_engine.effective_policies(devices, array[null]::text[]) as p
                on p.host_name = d.host_name and p.device_name = d.device_name and p.capture_folder = d.capture_folder
        ),

        -- When each device said nothing: before its first sample, and in the silences of its history.
        quiet as (
            select d.host_name, d.from_time, range_agg(s.span) as spans
            from device as d
            cross join lateral (
                select tstzrange(null, d.first_sample_at, '()') as span
                union all
                select tstzrange(e.started_at - d.sample_interval, e.ended_at, '()')
                from incident.device_state as e
                where
                    e.host_name = d.host_name
                    and e.device_name = d.device_name
                    and e.capture_folder = d.capture_folder
                    and e.ffmpeg_status = 'no_data'
                    and e.started_at <= d.to_time
                    and e.ended_at >= d.from_time
                    and e.started_at >= coalesce((
                        select max(b.started_at)
                        from incident.device_state as b
                        where
                            b.host_name = d.host_name
                            and b.device_name = d.device_name
                            and b.capture_folder = d.capture_folder
                            and b.started_at <= d.from_time
                    ), '-infinity')
            ) as s
            group by d.host_name, d.from_time, d.device_name, d.capture_folder
        ),

        -- When all of a host's devices said nothing, and nothing came that was dated by a wrong clock.
        of_all as (
            select q.host_name, q.from_time, range_intersect_agg(q.spans) as spans
            from (
                select p.* from quiet as p
                union all
                select r.host_name, r.from_time,
                    '{(,)}'::tstzmultirange - range_agg(tstzrange(c.started_at, c.last_signal_at, '[]'))
                from region as r
                cross join lateral (
                    select k.started_at, k.last_signal_at
                    from incident.host_condition as k
                    where k.host_name = r.host_name and k.cause = 'clock'
                    offset 0
                ) as c
                group by r.host_name, r.from_time
            ) as q
            group by q.host_name, q.from_time
        ),

        piece as (
            select r.*, s.span
            from region as r
            left join of_all as a using (host_name, from_time)
            cross join lateral unnest(coalesce(a.spans, '{(,)}')) as s (span)
            where s.span && tstzrange(r.from_time, r.to_time, '[]')
        ),

        -- The last sample before, and the host's own rows in there.
        signal as (
            select p.host_name, p.from_time, p.to_time, p.row_after, p.sample_interval, p.no_data_after, m.timestamp,
                lead(m.timestamp, 1, coalesce(upper(p.span), 'infinity')) over (
                    partition by p.host_name, p.from_time, p.span order by m.timestamp
                ) as ended_at
            from piece as p
            cross join lateral (
                select lower(p.span) as timestamp
                where coalesce(lower(p.span) >= p.row_before, not lower_inf(p.span))
                union all
                select s.timestamp
                from incident_engine.host_sample as s
                where
                    s.host_name = p.host_name
                    and s.timestamp >= coalesce(p.row_before, incident_engine.first_plausible())
                    and s.timestamp <= coalesce(p.row_after, horizon)
                    and s.timestamp > coalesce(lower(p.span), '-infinity')
                    and s.timestamp < coalesce(upper(p.span), 'infinity')
                offset 0
            ) as m
        ),

        -- A host is as patient as its most patient device.
        gap as (
            select s.host_name, s.from_time, s.to_time, s.row_after, s.timestamp as last_signal_at, s.ended_at,
                max(s.sample_interval) over so_far as sample_interval, max(s.no_data_after) over so_far as no_data_after
            from (
                select g.* from signal as g
                union all
                select d.host_name, d.from_time, d.to_time, null, d.sample_interval, d.no_data_after, d.first_sample_at, null
                from device as d
            ) as s
            window so_far as (partition by s.host_name, s.from_time order by s.timestamp)
        )

        select array_agg((
            g.host_name, 'silent', g.last_signal_at + g.sample_interval, g.ended_at, null, null,
            g.last_signal_at, g.last_signal_at + g.no_data_after
        )::incident.host_condition)
        from gap as g
        where
            incident_engine.is_silence(g.last_signal_at, g.ended_at, g.no_data_after, swept_to)
            and g.last_signal_at + g.sample_interval < g.ended_at
            and g.last_signal_at < coalesce(g.row_after, 'infinity')
            and tstzrange(g.last_signal_at + g.sample_interval, g.ended_at) && tstzrange(g.from_time, g.to_time)
    );
end
$$;

comment on function incident_engine.host_silences(incident_engine.touch[], timestamptz) is
'The silences of hosts that reach into the regions: times without a sample of any device and without a row of their own that '
'last no_data_after, from the first missed signal to the next one. What devices said is known from their histories, and so up to '
'where the sweep has looked. horizon: rows after it are not looked at.';

revoke all on function incident_engine.host_silences(incident_engine.touch[], timestamptz) from public;
