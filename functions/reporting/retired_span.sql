create or replace function incident_engine.retired_span(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (host_name text, device_name text, capture_folder text, spans tstzmultirange)
language sql
stable
security definer
rows 20
set search_path = pg_catalog, pg_temp
begin atomic
    with retired as materialized (
        select
            d.host_name,
            d.device_name,
            d.capture_folder,
            r.retired_at,
            p.sample_interval,
            p.no_data_after
        from incident.retirement as r
        join incident.device as d
            on
            r.host_name = d.host_name
            and (r.device_name is null or (r.device_name, r.capture_folder) = (d.device_name, d.capture_folder))
        cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
        where r.revoked_at is null and r.retired_at < window_end
    ),

    -- A sample brings it back: of the time without any, what came after the retirement.
    quiet as (
        select
            r.*,
            s.started_at,
            s.ended_at
        from retired as r
        join incident.device_state as s
            on
            r.host_name = s.host_name
            and r.device_name = s.device_name
            and r.capture_folder = s.capture_folder
            and s.started_at <= r.retired_at + r.sample_interval
            and s.started_at >= (
                select coalesce(max(b.started_at), '-infinity')
                from incident.device_state as b
                where
                    b.host_name = r.host_name
                    and b.device_name = r.device_name
                    and b.capture_folder = r.capture_folder
                    and b.started_at <= r.retired_at
            )
        where
            s.ffmpeg_status = 'no_data'
            and s.started_at - r.sample_interval + r.no_data_after <= as_of
        union all
        select
            r.*,
            lower(span) as started_at,
            upper(span) as ended_at
        from retired as r
        join incident_engine.silence_span(window_start, least(window_end, as_of), as_of) as q
            using (host_name, device_name, capture_folder)
        cross join lateral unnest(q.spans) as span
        where lower(span) <= r.retired_at + r.sample_interval
    )

    select
        q.host_name,
        q.device_name,
        q.capture_folder,
        range_agg(tstzrange(q.retired_at, q.ended_at)) as spans
    from quiet as q
    where q.ended_at > q.retired_at and q.ended_at > window_start
    group by q.host_name, q.device_name, q.capture_folder;
end;

comment on function incident_engine.retired_span(timestamptz, timestamptz, timestamptz) is
'When each device was out of service: from its retirement, or that of its host, to its next sample. Who never was is not listed.';

revoke all on function incident_engine.retired_span(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.retired_span(timestamptz, timestamptz, timestamptz) to incident_viewer;
