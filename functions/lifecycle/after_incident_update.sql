create or replace function incident_engine.after_incident_update()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    by_engine constant boolean := coalesce(current_setting('incident_engine.writer', true), '') = 'engine';
begin
    -- Nothing has happened to an incident that has got another name. before_incident_write has asked whether one may say so.
    if coalesce(current_setting('incident_engine.writer', true), '') = 'move' then
        return null;
    end if;
    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select n.host_name, n.incident_id, e.happened_at, e.event, e.from_value, e.to_value, n.update_note, n.updated_by
    -- A full join is hashed, however few rows the planner remembers from the first time.
    from new_incidents as n
    full join old_incidents as o using (host_name, incident_id)
    cross join lateral (
        values
        (1, 'retracted', n.retracted_at, o.status, n.status, o.retracted_at is null and n.retracted_at is not null),
        (1, 'restored', n.updated_at, o.status, n.status, o.retracted_at is not null and n.retracted_at is null),
        (
            2, 'corrected', n.updated_at,
            'detected_at ' || incident_engine.utc_text(o.detected_at),
            'detected_at ' || incident_engine.utc_text(n.detected_at),
            n.detected_at <> o.detected_at
        ),
        (3, 'severity_changed', n.severity_since, o.severity, n.severity, n.severity <> o.severity),  -- rule: a rise of severity is in the timeline
        (4, 'assigned', n.acted_at, o.assignee, n.assignee, n.assignee is distinct from o.assignee),
        (5, 'acknowledged', n.acted_at, o.status, n.status, o.status = 'open' and n.status = 'in_progress'),
        (
            6, 'resolved', n.resolved_at, o.status, n.status,
            o.status in ('open', 'in_progress') and n.status = 'resolved'
        ),
        (
            7, 'corrected', n.updated_at,
            'resolved_at ' || incident_engine.utc_text(o.resolved_at),
            'resolved_at ' || incident_engine.utc_text(n.resolved_at),
            n.resolved_at <> o.resolved_at  -- rule: a correction is in the timeline
        ),
        (8, 'closed', n.closed_at, o.status, n.status, o.status <> 'closed' and n.status = 'closed'),
        (
            9, 'reopened',
            case
                when not by_engine then n.acted_at
                when n.reopened_at > o.resolved_at then n.reopened_at
                else n.updated_at
            end,
            o.status, n.status, o.status in ('resolved', 'closed') and n.status in ('open', 'in_progress')
        ),
        (
            10, 'flapping_started', n.flapping_since, null, null,
            n.flapping_since is not null and o.flapping_since is null
        ),
        (
            12, 'unacknowledged', n.acted_at, o.status, n.status,
            not by_engine and o.status = 'in_progress' and n.status = 'open'
        ),
        (
            13, 'amended', n.acted_at, o.root_cause, n.root_cause,
            o.status = n.status
            and (o.root_cause, o.resolution_notes) is distinct from (n.root_cause, n.resolution_notes)
        ),
        (14, 'dismissed', n.dismissed_at, null, null, o.dismissed_at is null and n.dismissed_at is not null),
        (15, 'undismissed', n.acted_at, null, null, o.dismissed_at is not null and n.dismissed_at is null),
        (
            11, 'flapping_stopped', n.updated_at, null, null,
            n.flapping_since is null and o.flapping_since is not null
        )
    ) as e (position, event, happened_at, from_value, to_value, has_happened)
    where e.has_happened and (e.event = 'retracted' or n.retracted_at is null or o.retracted_at is not null)
    order by n.incident_id, e.position;

    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select n.host_name, n.device_name, n.capture_folder, n.component, 'closed', n.closed_at
    from new_incidents as n
    where n.status = 'closed'
    on conflict do nothing;

    -- An acknowledgement, a comment, an assignment change no course.
    if not by_engine then
        perform incident_engine.record_operator_actions(array_agg(n.incident_id))
        from new_incidents as n
        full join old_incidents as o using (host_name, incident_id)
        where
            o.status is distinct from n.status
            and n.status is distinct from 'in_progress'
            and (o.status, n.status) is distinct from ('in_progress', 'open')
        having count(*) > 0;
    end if;
    return null;
end
$$;

comment on function incident_engine.after_incident_update() is
'Statement trigger on system_incident: an entry in the timeline for every transition, assignment, severity change and '
'correction, and the operator''s actions that the fold must know of.';

revoke all on function incident_engine.after_incident_update() from public;

create or replace trigger write_timeline_of_changed_incidents
after update on public.system_incident
referencing old table as old_incidents new table as new_incidents
for each statement execute function incident_engine.after_incident_update();
