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
    s record;
    region incident_engine.touch;
    regions incident_engine.touch[];
begin
    for s in
        select b.host_name, b.device_name, b.capture_folder,
            coalesce(
                (
                    select m.timestamp
                    from incident_engine.sample as m
                    where
                        m.host_name = b.host_name
                        and m.device_name = b.device_name
                        and m.capture_folder = b.capture_folder
                        and m.timestamp < b.from_time
                        and m.timestamp >= b.from_time - near
                        and m.timestamp between earliest and latest
                    order by m.timestamp desc limit 1
                ),
                case when b.first_sample_at < b.from_time then
                    incident_engine.sample_before(
                        b.host_name, b.device_name, b.capture_folder, b.from_time - near, b.not_before
                    )
                end,
                case
                    when b.first_sample_at is null then b.from_time
                    else incident_engine.sample_after(
                        b.host_name, b.device_name, b.capture_folder, b.from_time - interval '1 microsecond', b.to_time
                    )
                end
            ) as from_time,
            coalesce(
                (
                    select m.timestamp
                    from incident_engine.sample as m
                    where
                        m.host_name = b.host_name
                        and m.device_name = b.device_name
                        and m.capture_folder = b.capture_folder
                        and m.timestamp > b.to_time
                        and m.timestamp <= b.to_time + near
                        and m.timestamp between earliest and latest
                    order by m.timestamp limit 1
                ),
                case when b.to_time + near < horizon then
                    incident_engine.sample_after(
                        b.host_name, b.device_name, b.capture_folder, b.to_time + near, b.not_after
                    )
                end,
                'infinity'
            ) as to_time
        from incident_engine.touched_spans(touched, near, horizon) as b
    loop
        continue when s.from_time is null;
        if (s.host_name, s.device_name, s.capture_folder) = (region.host_name, region.device_name, region.capture_folder)
            and s.from_time <= region.to_time
        then
            region.to_time := greatest(region.to_time, s.to_time);
        else
            regions := regions || region;
            region := (s.host_name, s.device_name, s.capture_folder, s.from_time, s.to_time);
        end if;
    end loop;
    return nullif(array_remove(regions || region, null), '{}');
end
$$;

comment on function incident_engine.sample_regions(incident_engine.touch[], timestamptz) is
'What the touched samples can have changed: from the sample before them up to the sample after them (infinity if there is '
'none), regions of a device merged where they meet. horizon: samples after it are not looked at.';

revoke all on function incident_engine.sample_regions(incident_engine.touch[], timestamptz) from public;
