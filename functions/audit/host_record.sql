create or replace function incident_engine.host_record(host_name text)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with record as (
        select
            s.device_name, s.capture_folder,
            'state at ' || incident_engine.utc_text(s.started_at) as what,
            format(
                '%s/%s until %s', s.ffmpeg_status, s.monitor_status,
                coalesce(incident_engine.utc_text(nullif(s.ended_at, 'infinity')), 'now')
            ) as value
        from incident.device_state as s
        where s.host_name = host_record.host_name
        union all
        select
            s.device_name, s.capture_folder,
            'system state at ' || incident_engine.utc_text(s.started_at),
            format(
                '%s until %s', concat_ws(': ', s.status, s.reason),
                coalesce(incident_engine.utc_text(nullif(s.ended_at, 'infinity')), 'now')
            )
        from incident.system_state as s
        where s.host_name = host_record.host_name
        union all
        select
            i.device_name, i.capture_folder,
            'incident ' || i.incident_id,
            format(
                '%s %s, %s, from %s to %s%s',
                i.component,
                i.severity,
                i.status,
                incident_engine.utc_text(i.detected_at),
                coalesce(incident_engine.utc_text(i.resolved_at), 'now'),
                case when i.retracted_at is not null then ', retracted' end
            )
        from public.system_incident as i
        where i.host_name = host_record.host_name
    )

    select coalesce(jsonb_agg(to_jsonb(r)), '[]') from record as r;
end;

comment on function incident_engine.host_record(text) is
'History and incidents of a host as text, to compare before and after a rebuild.';

revoke all on function incident_engine.host_record(text) from public;
