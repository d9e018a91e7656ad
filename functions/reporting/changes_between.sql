create or replace function incident_engine.changes_between(since timestamptz, as_of timestamptz)
returns table (place integer, part text, rank bigint, at timestamptz, what text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        4, 'changed', c.change_id, c.changed_at,
        format(
            '%s set %s of %s from %s to %s%s', c.operator, c.setting,
            coalesce(nullif(concat_ws(' / ', c.host_name, c.device_name, c.component), ''), 'all'),
            coalesce(c.old_value, 'nothing'), coalesce(c.new_value, 'nothing'), coalesce(': ' || c.note, '')
        )
    from incident.policy_change as c
    where c.changed_at between since and as_of
    union all
    select
        4, 'changed', m.maintenance_id, m.added_at,
        format(
            '%s planned maintenance %s on %s: %s', m.added_by, m.maintenance_id,
            concat_ws(' / ', m.host_name, m.device_name), m.reason
        )
    from incident.maintenance as m
    where m.added_at between since and as_of and m.series_id is null
    union all
    select
        4, 'changed', m.maintenance_id, m.ended_at,
        format('%s ended maintenance %s early', m.ended_by, m.maintenance_id)
    from incident.maintenance as m
    where m.ended_at between since and as_of and m.changed_at between since and as_of
    union all
    select
        4, 'changed', m.maintenance_id, m.changed_at,
        format('%s extended maintenance %s', m.extended_by, m.maintenance_id)
    from incident.maintenance as m
    where m.ended_at is null and m.extended_by is not null and m.changed_at between since and as_of
    union all
    select
        4, 'changed', r.retirement_id, r.recorded_at,
        format('%s retired %s: %s', r.retired_by, concat_ws(' / ', r.host_name, r.device_name), r.reason)
    from incident.retirement as r
    where r.recorded_at between since and as_of and r.revoked_at is null
    union all
    select
        4, 'changed', m.move_id, m.moved_at,
        format(
            '%s renamed %s to %s%s', m.moved_by, concat_ws(' / ', m.host_name, m.device_name, m.capture_folder),
            concat_ws(' / ', m.to_host_name, m.to_device_name, m.to_capture_folder), coalesce(': ' || m.note, '')
        )
    from incident.move as m
    where m.moved_at between since and as_of
    union all
    select
        5, 'ahead', m.maintenance_id, lower(m.effective_period),
        format(
            'maintenance %s on %s until %s UTC: %s', m.maintenance_id, concat_ws(' / ', m.host_name, m.device_name),
            to_char(upper(m.effective_period) at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), m.reason
        )
    from incident.maintenance as m
    where m.effective_period && tstzrange(as_of, as_of + interval '24 hours')
    union all
    select
        5, 'ahead', i.incident_id, i.snoozed_until, format('incident %s is told again, if it lasts', i.incident_id)
    from public.system_incident as i
    where i.status in ('open', 'in_progress') and i.snoozed_until > as_of;
end;

comment on function incident_engine.changes_between(timestamptz, timestamptz) is
'For incident.handover: policy, maintenance and retirements that people changed between two moments, and what the next day brings.';

revoke all on function incident_engine.changes_between(timestamptz, timestamptz) from public;
grant execute on function incident_engine.changes_between(timestamptz, timestamptz) to incident_viewer;
