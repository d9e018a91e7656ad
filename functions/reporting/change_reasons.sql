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
                    case
                        when m.added_at > since then 'added by ' || m.added_by
                        when m.ended_by is null then 'extended by ' || m.extended_by
                        else 'ended by ' || m.ended_by
                    end,
                    incident_engine.utc_text(m.changed_at)
                ) as reason
            from incident.maintenance as m
            where
                incident_engine.maintenance_covers(
                    m, change_reasons.host_name, change_reasons.device_name, change_reasons.capture_folder
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
            union all
            select
                4, greatest(t.recorded_at, t.revoked_at),
                case
                    when t.revoked_at is null
                        then format(
                                'retired from %s on by %s (%s)', incident_engine.utc_text(t.retired_at), t.retired_by, t.reason
                            )
                    else format('reinstated by %s %s', t.revoked_by, incident_engine.utc_text(t.revoked_at))
                end
            from incident.retirement as t
            where
                t.host_name = change_reasons.host_name
                and (
                    t.device_name is null
                    or (t.device_name, t.capture_folder) = (change_reasons.device_name, change_reasons.capture_folder)
                )
                and t.retired_at < upper(change_reasons.period)
                and greatest(t.recorded_at, t.revoked_at) > since
            union all
            select
                5, greatest(v.voided_at, v.restored_at),
                format(
                    'samples %s by %s (%s)', case when v.restored_at is null then 'declared void' else 'restored' end,
                    coalesce(v.restored_by, v.voided_by), coalesce(v.restore_reason, v.reason)
                )
            from incident.void_period as v
            where
                v.host_name = change_reasons.host_name
                and coalesce(v.device_name = change_reasons.device_name, true)
                and coalesce(v.capture_folder = change_reasons.capture_folder, true)
                and v.period && change_reasons.period
                and greatest(v.voided_at, v.restored_at) > since
            union all
            select
                6, o.recorded_at,
                format(
                    'the database was down from %s to %s', incident_engine.utc_text(o.started_at),
                    incident_engine.utc_text(o.ended_at)
                )
            from incident.outage as o
            where tstzrange(o.started_at, o.ended_at) && change_reasons.period and o.recorded_at > since
            union all
            select
                7, p.changed_at,
                format(
                    'policy (%s): %s %s -> %s by %s %s',
                    incident_engine.describe_scope(p.host_name, p.device_name, p.capture_folder, p.component), p.setting,
                    coalesce(p.old_value, 'not set'), coalesce(p.new_value, 'not set'), p.operator,
                    incident_engine.utc_text(p.changed_at)
                )
            from incident.policy_change as p
            where
                coalesce(p.host_name = change_reasons.host_name, true)
                and coalesce(p.device_name = change_reasons.device_name, true)
                and coalesce(p.capture_folder = change_reasons.capture_folder, true)
                and p.setting in (select jsonb_object_keys(to_jsonb(y)) from incident.policy as y)
                and p.changed_at > since
        ) as r
    );
end
$$;

comment on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) is
'What the database learned after a time that changes a device''s past in a period: maintenance, late samples, incidents, retirement, void '
'samples, outages of the database, policy. Null when it finds nothing.';

revoke all on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) from public;
grant execute on function incident_engine.change_reasons(text, text, text, tstzrange, timestamptz) to incident_viewer;
