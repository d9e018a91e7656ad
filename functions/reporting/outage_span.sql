create or replace function incident_engine.outage_span(window_start timestamptz, window_end timestamptz)
returns table (host_name text, device_name text, capture_folder text, spans tstzmultirange)
language sql
stable
rows 20
set search_path = pg_catalog, pg_temp
begin atomic
    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        range_agg(tstzrange(s.started_at, s.ended_at) * tstzrange(o.started_at, o.ended_at)) as spans
    from incident.outage as o
    join incident.host as h on o.site = h.site
    join incident.device as d on h.host_name = d.host_name
    join incident.device_state as s
        on
        d.host_name = s.host_name
        and d.device_name = s.device_name
        and d.capture_folder = s.capture_folder
        and s.started_at < o.ended_at
        and s.started_at >= (
            select coalesce(max(b.started_at), '-infinity')
            from incident.device_state as b
            where
                b.host_name = d.host_name
                and b.device_name = d.device_name
                and b.capture_folder = d.capture_folder
                and b.started_at <= o.started_at
        )
    where
        o.started_at < window_end
        and o.ended_at > window_start
        and s.ffmpeg_status = 'no_data'
        and s.ended_at > o.started_at
    group by s.host_name, s.device_name, s.capture_folder;
end;

comment on function incident_engine.outage_span(timestamptz, timestamptz) is
'When each device was silent, by its history, while the database itself was down. Who was not is not listed.';

revoke all on function incident_engine.outage_span(timestamptz, timestamptz) from public;
grant execute on function incident_engine.outage_span(timestamptz, timestamptz) to incident_viewer;
