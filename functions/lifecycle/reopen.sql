create or replace function incident.reopen(
    incident_id bigint,
    note text default null,
    operator text default session_user,
    acted_at timestamptz default now()
)
returns public.system_incident
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(
        incident_id, operator, acted_at, changes_course => true
    );
    other_id bigint;
begin
    if subject.retracted_at is not null then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: it was retracted', incident_id),
            detail = 'Later samples showed that it never was.',
            hint = 'select * from incident.active lists the incidents of now.';
    end if;
    if subject.as_recorded then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: it is as an earlier monitoring recorded it', incident_id),
            detail = 'No sample tells of it.',
            hint = 'A new failure opens a new incident; incident.comment() still works.';
    end if;
    if subject.resolved_at < incident_engine.samples_from() then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: its samples are gone', incident_id),
            detail = format('Retention has removed the samples before %s.', incident_engine.samples_from()),
            hint = 'A new failure opens a new incident; incident.comment() still works.';
    end if;
    select i.incident_id
    into other_id
    from public.system_incident as i
    where
        (i.host_name, i.device_name, i.capture_folder, i.component)
        = (subject.host_name, subject.device_name, subject.capture_folder, subject.component)
        and i.status in ('open', 'in_progress');
    if found then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: incident %s is active', incident_id, other_id),
            detail = 'A component of a device has one active incident at a time.',
            hint = format('Work on incident %s.', other_id);
    end if;
    select min(i.incident_id)
    into other_id
    from public.system_incident as i
    where
        (i.host_name, i.device_name, i.capture_folder, i.component)
        = (subject.host_name, subject.device_name, subject.capture_folder, subject.component)
        and i.retracted_at is null
        and i.detected_at > subject.detected_at
        and exists (
            select from incident_engine.component_state as c
            where
                (c.host_name, c.device_name, c.capture_folder, c.component)
                = (i.host_name, i.device_name, i.capture_folder, i.component)
                and c.condition = 'healthy'
                and c.ended_at > subject.resolved_at
                and c.started_at < i.detected_at
        );
    if other_id is not null then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: incident %s followed it', incident_id, other_id),
            detail = 'The component recovered and failed again since.',
            hint = format('Reopen incident %s, or comment on this one.', other_id);
    end if;
    update public.system_incident as i
    set status = 'open',
        resolved_at = null,
        resolved_by = null,
        reopen_count = i.reopen_count + 1,
        acted_at = reopen.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = reopen.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

comment on function incident.reopen(bigint, text, text, timestamptz) is
'It is not over: resolved -> open, if no other incident of the component is active. It stays open until it is '
'resolved by hand, or until the component fails and recovers again. The first acknowledgement is kept. operator: '
'who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 unless it is '
'resolved and nothing else is active, IN002 when there is none with this number, 22004 for a null where a value is '
'needed, 22023 for an acted_at in the future or before the incident.';

revoke all on function incident.reopen(bigint, text, text, timestamptz) from public;
grant execute on function incident.reopen(bigint, text, text, timestamptz) to incident_operator;
