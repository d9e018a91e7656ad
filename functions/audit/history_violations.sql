create or replace function incident_engine.history_violations()
returns table (rule text, host_name text, device_name text, capture_folder text, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with state as (
        select
            s.*, lag(s.ended_at) over w as previous_ended_at, lead(s.started_at) over w as next_started_at,
            lag((s.ffmpeg_status, s.monitor_status)) over w as previous_status
        from incident.device_state as s
        window w as (partition by s.host_name, s.device_name, s.capture_folder order by s.started_at)
    )

    select
        case when s.previous_ended_at < s.started_at then 'history has no holes' else 'history has no overlaps' end,
        s.host_name, s.device_name, s.capture_folder,
        format('one state ends at %s, the next starts at %s', s.previous_ended_at, s.started_at)
    from state as s
    where s.previous_ended_at <> s.started_at
    union all
    select
        'history reaches the present', s.host_name, s.device_name, s.capture_folder,
        format('its last state ended at %s', s.ended_at)
    from state as s
    where s.next_started_at is null and s.ended_at < 'infinity'
    union all
    select
        'one history row per change', s.host_name, s.device_name, s.capture_folder,
        format('the state at %s is the one before it', s.started_at)
    from state as s
    where s.previous_status = (s.ffmpeg_status, s.monitor_status) and s.previous_ended_at = s.started_at
    union all
    select
        'device shows its last history row', d.host_name, d.device_name, d.capture_folder,
        format(
            'device: %s/%s since %s, history: %s/%s since %s', d.ffmpeg_status, d.monitor_status, d.state_started_at,
            s.ffmpeg_status, s.monitor_status, s.started_at
        )
    from incident.device as d
    left join state as s
        on s.host_name = d.host_name
        and s.device_name = d.device_name
        and s.capture_folder = d.capture_folder
        and s.next_started_at is null
    where
        (d.ffmpeg_status, d.monitor_status, d.state_started_at)
        is distinct from (s.ffmpeg_status, s.monitor_status, s.started_at);
end;

comment on function incident_engine.history_violations() is
'Rules that the device state history must keep in itself, and where it breaks them.';

revoke all on function incident_engine.history_violations() from public;
