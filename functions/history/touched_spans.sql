create or replace function incident_engine.touched_spans(
    touched incident_engine.touch[], near interval, horizon timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz,
    not_before timestamptz,
    not_after timestamptz,
    first_sample_at timestamptz
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    return query
    with cluster as (
        select t.host_name, t.device_name, t.capture_folder,
            range_agg(tstzrange(t.from_time - near / 2, t.to_time + near / 2, '[]')) as spans
        from unnest(touched) as t
        group by t.host_name, t.device_name, t.capture_folder
    )

    select c.host_name, c.device_name, c.capture_folder, lower(s) + near / 2, upper(s) - near / 2,
        coalesce(lag(upper(s)) over of_device - near / 2, incident_engine.samples_from()),
        coalesce(lead(lower(s)) over of_device + near / 2, horizon),
        d.first_sample_at
    from cluster as c
    left join lateral (
        select k.first_sample_at
        from incident.device as k
        where
            k.host_name = c.host_name and k.device_name = c.device_name and k.capture_folder = c.capture_folder
        offset 0
    ) as d on true
    cross join lateral unnest(c.spans) as s
    window of_device as (partition by c.host_name, c.device_name, c.capture_folder order by lower(s))
    order by c.host_name, c.device_name, c.capture_folder, lower(s);
end
$$;

comment on function incident_engine.touched_spans(incident_engine.touch[], interval, timestamptz) is
'The touched samples of each device, in order, those near to each other as one span, with where the samples next to it may be (not_before: the '
'touched one before it, not_after: the one after it, up to the horizon) and the first sample known so far.';

revoke all on function incident_engine.touched_spans(incident_engine.touch[], interval, timestamptz) from public;
