create or replace function incident_engine.host_silences(
    regions incident_engine.touch[], horizon timestamptz, unrecorded boolean
)
returns incident.host_condition[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    -- Silence of devices that ended earlier is in their history; of later ones the samples alone may know.
    recorded_to constant timestamptz := swept_to
    - (select max(p.no_data_after) from incident.policy as p) - interval '10 minutes';
begin
    return (
        with region as materialized (
            select r.host_name, r.from_time, r.to_time, p.sample_interval, p.no_data_after
            from unnest(regions) as r
            cross join lateral incident_engine.effective_policy(r.host_name, null, null, 'system') as p
        ),

        device as materialized (
            select d.host_name, d.device_name, d.capture_folder, d.first_sample_at, r.from_time, r.to_time,
                greatest(r.from_time, recorded_to) as sampled_from, p.sample_interval, p.no_data_after
            from region as r
            join incident.device as d using (host_name)
            cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
        ),

        -- When a device said nothing, between its samples and without them: before the first ...
        quiet as (
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(null, d.first_sample_at, '()') as span
            from device as d
            union all
            -- ... in the silences of its history ...
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(s.started_at - d.sample_interval, s.ended_at, '()')
            from device as d
            join incident.device_state as s using (host_name, device_name, capture_folder)
            where
                s.ffmpeg_status = 'no_data'
                and s.started_at <= d.to_time
                and s.ended_at >= d.from_time
                and s.started_at >= coalesce((
                    select max(b.started_at)
                    from incident.device_state as b
                    where
                        b.host_name = d.host_name
                        and b.device_name = d.device_name
                        and b.capture_folder = d.capture_folder
                        and b.started_at <= d.from_time
                ), '-infinity')
            union all
            -- ... and in samples that nobody has looked at yet.
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(m.timestamp, m.next_timestamp, '()')
            from device as d
            cross join lateral (
                select t.timestamp, lead(t.timestamp, 1, 'infinity') over (order by t.timestamp) as next_timestamp
                from (
                    select incident_engine.sample_before(
                        d.host_name, d.device_name, d.capture_folder, d.sampled_from, d.first_sample_at
                    ) as timestamp
                    union all
                    select s.timestamp
                    from public.system_device_metrics as s
                    where
                        s.host_name = d.host_name
                        and s.device_name = d.device_name
                        and s.capture_folder = d.capture_folder
                        and s.timestamp >= greatest(d.sampled_from, d.first_sample_at)
                        and s.timestamp <= least(d.to_time, horizon)
                    union all
                    select incident_engine.sample_after(
                        d.host_name, d.device_name, d.capture_folder, least(d.to_time, horizon), horizon
                    )
                ) as t
                where t.timestamp is not null
            ) as m
            where unrecorded and d.to_time >= recorded_to and m.next_timestamp >= m.timestamp + d.no_data_after
        ),

        of_device as (
            select q.host_name, q.from_time, range_agg(q.span) as spans
            from quiet as q
            group by q.host_name, q.from_time, q.device_name, q.capture_folder
        ),

        -- When all of a host's devices said nothing.
        of_all as (
            select o.host_name, o.from_time, range_intersect_agg(o.spans) as spans
            from of_device as o
            group by o.host_name, o.from_time
        ),

        piece as (
            select r.*, s.span,
                (
                    select max(m.timestamp)
                    from public.system_metrics as m
                    where
                        m.host_name = r.host_name
                        and m.timestamp < r.from_time
                        and m.timestamp >= incident_engine.first_plausible()
                ) as row_before,
                (
                    select min(m.timestamp)
                    from public.system_metrics as m
                    where m.host_name = r.host_name and m.timestamp > r.to_time and m.timestamp <= horizon
                ) as row_after
            from region as r
            left join of_all as a using (host_name, from_time)
            cross join lateral unnest(coalesce(a.spans, '{(,)}')) as s (span)
            where s.span && tstzrange(r.from_time, r.to_time, '[]')
        ),

        -- The host's own rows in there.
        signal as (
            select p.*, lower(p.span) as timestamp
            from piece as p
            where coalesce(lower(p.span) >= p.row_before, not lower_inf(p.span))
            union all
            select p.*, m.timestamp
            from piece as p
            cross join lateral (
                select s.timestamp
                from public.system_metrics as s
                where
                    s.host_name = p.host_name
                    and s.timestamp >= coalesce(p.row_before, incident_engine.first_plausible())
                    and s.timestamp <= coalesce(p.row_after, horizon)
                    and s.timestamp > coalesce(lower(p.span), '-infinity')
                    and s.timestamp < coalesce(upper(p.span), 'infinity')
                offset 0
            ) as m
        ),

        gap as (
            select s.host_name, s.from_time, s.to_time, s.row_after, s.timestamp as last_signal_at,
                lead(s.timestamp, 1, coalesce(upper(s.span), 'infinity')) over (
                    partition by s.host_name, s.from_time, s.span order by s.timestamp
                ) as ended_at,
                -- A host is as patient as its most patient device.
                greatest(s.sample_interval, d.sample_interval) as sample_interval,
                greatest(s.no_data_after, d.no_data_after) as no_data_after
            from signal as s
            cross join lateral (
                select max(k.sample_interval) as sample_interval, max(k.no_data_after) as no_data_after
                from device as k
                where
                    k.host_name = s.host_name
                    and k.from_time = s.from_time
                    and k.first_sample_at <= s.timestamp
            ) as d
        )

        select array_agg((
            g.host_name, 'silent', g.last_signal_at + g.sample_interval, g.ended_at, null, null,
            g.last_signal_at, g.last_signal_at + g.no_data_after
        )::incident.host_condition)
        from gap as g
        where
            g.last_signal_at + g.no_data_after <= case g.ended_at when 'infinity' then swept_to else g.ended_at end
            and g.last_signal_at + g.sample_interval < g.ended_at
            and g.last_signal_at < coalesce(g.row_after, 'infinity')
            and tstzrange(g.last_signal_at + g.sample_interval, g.ended_at) && tstzrange(g.from_time, g.to_time)
    );
end
$$;

comment on function incident_engine.host_silences(incident_engine.touch[], timestamptz, boolean) is
'The silences of hosts that reach into the regions: times without a sample of any device and without a row of their own that '
'last no_data_after, from the first missed signal to the next one, as the histories of the devices tell; the last one is known as '
'far as the sweep has looked. unrecorded: with those that no sweep has seen yet; a sample still to come may show that they were '
'none. horizon: signals after it are not looked at.';

revoke all on function incident_engine.host_silences(incident_engine.touch[], timestamptz, boolean) from public;
