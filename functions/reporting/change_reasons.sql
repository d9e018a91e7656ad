create or replace function incident_engine.change_reasons(
    host_name text, device_name text, capture_folder text, period tstzrange, since timestamptz
)
returns text
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select string_agg(r.reason, '; ' order by r.position, r.at)
        from (
            select
                1 as position, m.changed_at as at,
                format(
                    'maintenance %s (%s, %s) %s %s', m.maintenance_id, m.reason, m.effective_period,
                    case when m.added_at > since then 'added by ' || m.added_by else 'ended by ' || m.ended_by end,
                    incident_engine.utc_text(m.changed_at)
                ) as reason
            from incident.maintenance as m
            where
                m.host_name = change_reasons.host_name
                and coalesce(
                    (m.device_name, m.capture_folder) = (change_reasons.device_name, change_reasons.capture_folder),
                    m.device_name is null
                )
                and m.period && change_reasons.period
                and m.changed_at > since
            union all
            select
                2, max(s.created_at),
                format(
                    '%s late samples (%s to %s), the last one arrived %s', count(*),
                    incident_engine.utc_text(min(s.timestamp)), incident_engine.utc_text(max(s.timestamp)),
                    incident_engine.utc_text(max(s.created_at))
                )
            from public.system_device_metrics as s
            where
                s.host_name = change_reasons.host_name
                and s.device_name = change_reasons.device_name
                and s.capture_folder = change_reasons.capture_folder
                and s.timestamp >= lower(change_reasons.period) - interval '1 day'
                and s.timestamp < upper(change_reasons.period) + interval '1 day'
                and s.created_at > since
            having count(*) > 0
            union all
            select
                3, max(t.recorded_at),
                format(
                    '%s incidents %s after it was sealed', count(distinct t.incident_id),
                    case t.event when 'detected' then 'recorded' else t.event end
                )
            from incident.timeline as t
            join public.system_incident as i
                on i.host_name = t.host_name and i.incident_id = t.incident_id
            where
                t.host_name = change_reasons.host_name
                and i.device_name = change_reasons.device_name
                and i.capture_folder = change_reasons.capture_folder
                and i.detected_at < upper(change_reasons.period)
                and coalesce(i.resolved_at >= lower(change_reasons.period), true)
                and t.event in ('detected', 'corrected', 'retracted')
                and t.recorded_at > since
            group by t.event
        ) as r
    );
end
$$;

comment on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) is
'What the database learned after a time that changes a device''s past in a period: maintenance, late samples, incidents. Null when '
'it finds nothing.';

revoke all on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) from public;
grant execute on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) to incident_viewer;
