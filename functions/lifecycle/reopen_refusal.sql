create or replace function incident_engine.reopen_refusal(subject public.system_incident, beside bigint[])
returns incident_engine.refusal
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    cannot constant text := format('incident %s cannot be reopened', subject.incident_id);
    other public.system_incident;
begin
    if subject.status in ('open', 'in_progress') then
        return (
            subject.incident_id, 'IN001', format('%s: it is %s', cannot, subject.status),
            'It is not over.', 'incident.unacknowledge() takes back an acknowledgement.'
        )::incident_engine.refusal;
    end if;
    if subject.retracted_at is not null then
        return (
            subject.incident_id, 'IN001', cannot || ': it was retracted', 'Later samples showed that it never was.',
            'select * from incident.board lists what is active.'
        )::incident_engine.refusal;
    end if;
    if subject.as_recorded then
        return (
            subject.incident_id, 'IN001', cannot || ': it is as an earlier monitoring recorded it',
            'No sample tells of it.', 'A new failure opens a new incident; incident.comment() still works.'
        )::incident_engine.refusal;
    end if;
    if subject.resolved_at < incident_engine.samples_from() then
        return (
            subject.incident_id, 'IN001', cannot || ': its samples are gone',
            format('Retention has removed the samples before %s.', incident_engine.samples_from()),
            'A new failure opens a new incident; incident.comment() still works.'
        )::incident_engine.refusal;
    end if;
    select i.*
    into other
    from public.system_incident as i
    where
        (i.host_name, i.device_name, i.capture_folder, i.component)
        = (subject.host_name, subject.device_name, subject.capture_folder, subject.component)
        and i.incident_id <> subject.incident_id
        and i.retracted_at is null
        and (
            i.status in ('open', 'in_progress')
            or (i.detected_at > subject.detected_at or i.incident_id = any (beside))
            -- Between the two it recovered, or somebody ended the first while it failed on: reopened, that takes in the second.
            and (i.detected_at > subject.detected_at) = exists (
                select from incident_engine.component_state as c
                where
                    (c.host_name, c.device_name, c.capture_folder, c.component)
                    = (i.host_name, i.device_name, i.capture_folder, i.component)
                    and c.condition = 'healthy'
                    and c.ended_at > least(subject.resolved_at, i.resolved_at)
                    and c.started_at < greatest(subject.detected_at, i.detected_at)
            )
        )
    order by i.status in ('open', 'in_progress') desc, i.incident_id
    limit 1;
    return case
        when other.incident_id is null then null
        when other.status in ('open', 'in_progress')
            then (
                subject.incident_id, 'IN001', format('%s: incident %s is active', cannot, other.incident_id),
                'A component of a device has one active incident at a time.',
                format('Work on incident %s.', other.incident_id)
            )::incident_engine.refusal
        when other.detected_at > subject.detected_at
            then (
                subject.incident_id, 'IN001', format('%s: incident %s followed it', cannot, other.incident_id),
                'The component recovered and failed again since.',
                format('Reopen incident %s, or comment on this one.', other.incident_id)
            )::incident_engine.refusal
        else (
            subject.incident_id, 'IN001', format('%s beside incident %s', cannot, other.incident_id),
            'They are of one component, which has one active incident at a time.',
            format('Reopen incident %s alone.', other.incident_id)
        )::incident_engine.refusal
    end;
end
$$;

comment on function incident_engine.reopen_refusal(public.system_incident, bigint[]) is
'Why an incident cannot be reopened: it is not over, never was, its samples are gone, or another of the component is active or came '
'after it. beside: what else is to be reopened at once. Null when it can.';

revoke all on function incident_engine.reopen_refusal(public.system_incident, bigint[]) from public;
