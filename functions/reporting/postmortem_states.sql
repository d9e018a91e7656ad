create or replace function incident_engine.postmortem_states(
    subject public.system_incident, window_start timestamptz, window_end timestamptz
)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select incident_engine.markdown_row(s.since, s.until, s.what, s.reason)
    from (
        select
            null::timestamptz as started_at, 0 as place,
            'From' as since, 'To' as until, 'State' as what, 'Reason' as reason
        union all
        select null, 1, '---', '---', '---', '---'
        union all
        select
            d.started_at, 2, incident_engine.utc_minute(d.started_at), incident_engine.utc_minute(d.ended_at),
            format('ffmpeg %s, monitor %s', d.ffmpeg_status, d.monitor_status), null
        from incident.device_state as d
        where
            d.host_name = (subject).host_name and d.device_name = (subject).device_name
            and d.capture_folder = (subject).capture_folder
            and d.started_at < window_end and d.ended_at > window_start
        union all
        select
            h.started_at, 3, incident_engine.utc_minute(h.started_at), incident_engine.utc_minute(h.ended_at),
            case when h.capture_folder = 'host' then 'host ' else 'device ' end || h.status, h.reason
        from incident.system_state as h
        where
            h.host_name = (subject).host_name
            and (
                h.capture_folder = 'host'
                or h.device_name = (subject).device_name and h.capture_folder = (subject).capture_folder
            )
            and h.started_at < window_end and h.ended_at > window_start
    ) as s
    order by s.started_at asc nulls first, s.place asc, s.what asc;
end;

comment on function incident_engine.postmortem_states(public.system_incident, timestamptz, timestamptz) is
'For incident.postmortem: states of the device and of its host in a window, as rows of a Markdown table; times in UTC.';

revoke all on function incident_engine.postmortem_states(public.system_incident, timestamptz, timestamptz) from public;
grant execute on function incident_engine.postmortem_states(public.system_incident, timestamptz, timestamptz)
to incident_viewer;
