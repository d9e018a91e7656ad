create or replace function incident_engine.sample_regions(touched incident_engine.touch[], horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
-- So that partitions out of reach are neither opened nor locked. Planned each time, and so as small as can be.
set plan_cache_mode = force_custom_plan
as $$
declare
    -- Touched moments this near to each other are read in one go, neighbours this near are found without a deep search.
    near constant interval := interval '1 hour';
    earliest constant timestamptz := greatest(
        (select min(t.from_time) from unnest(touched) as t) - near, incident_engine.samples_from()
    );
    latest constant timestamptz := (select least(max(t.to_time) + near, horizon) from unnest(touched) as t);
begin
    return (
        select array_agg((r.host_name, r.device_name, r.capture_folder, lower(r.span), upper(r.span))::incident_engine.touch)
        from (
            select b.host_name, b.device_name, b.capture_folder,
                unnest(range_agg(tstzrange(b.first_sample, b.next_sample))) as span
            from (
                select s.host_name, s.device_name, s.capture_folder,
                    coalesce(
                        (
                            select m.timestamp
                            from incident_engine.sample as m
                            where
                                m.host_name = s.host_name
                                and m.device_name = s.device_name
                                and m.capture_folder = s.capture_folder
                                and m.timestamp < s.from_time
                                and m.timestamp >= s.from_time - near
                                and m.timestamp between earliest and latest
                            order by m.timestamp desc limit 1
                        ),
                        case when s.first_sample_at < s.from_time then
                            incident_engine.sample_before(
                                s.host_name, s.device_name, s.capture_folder, s.from_time - near, s.not_before
                            )
                        end,
                        case
                            when s.first_sample_at is null then s.from_time
                            else incident_engine.sample_after(
                                s.host_name, s.device_name, s.capture_folder,
                                s.from_time - interval '1 microsecond', s.to_time
                            )
                        end
                    ) as first_sample,
                    coalesce(
                        (
                            select m.timestamp
                            from incident_engine.sample as m
                            where
                                m.host_name = s.host_name
                                and m.device_name = s.device_name
                                and m.capture_folder = s.capture_folder
                                and m.timestamp > s.to_time
                                and m.timestamp <= s.to_time + near
                                and m.timestamp between earliest and latest
                            order by m.timestamp limit 1
                        ),
                        case when s.to_time + near < horizon then
                            incident_engine.sample_after(
                                s.host_name, s.device_name, s.capture_folder, s.to_time + near, s.not_after
                            )
                        end,
                        'infinity'
                    ) as next_sample
                from incident_engine.touched_spans(touched, near, horizon) as s
            ) as b
            where b.first_sample is not null
            group by b.host_name, b.device_name, b.capture_folder
        ) as r
    );
end
$$;

comment on function incident_engine.sample_regions(incident_engine.touch[], timestamptz) is
'What the touched samples can have changed: from the sample before them up to the sample after them (infinity if there is '
'none), regions of a device merged where they meet. horizon: samples after it are not looked at.';

revoke all on function incident_engine.sample_regions(incident_engine.touch[], timestamptz) from public;
