create or replace function incident_engine.begin_incident_change(
    incident_id bigint, operator text, acted_at timestamptz, changes_course boolean default false
)
returns public.system_incident
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    subject public.system_incident;
begin
    if incident_id is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'incident_id must not be null',
            hint = 'select * from incident.active lists the incidents of now, incident.recent those of late.';
    end if;
    perform incident_engine.require_operator(operator);

    if acted_at is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'acted_at must not be null',
            hint = 'Leave it out for now().';
    end if;
    if acted_at > now() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('acted_at must not be in the future, but is %s', acted_at),
            hint = 'Leave it out for now().';
    end if;

    -- Same order of locks as the fold: the host, then the incident.
    if changes_course then
        perform incident_engine.lock_hosts(array[i.host_name])
        from public.system_incident as i
        where i.incident_id = begin_incident_change.incident_id;
    end if;
    select i.*
    into subject
    from public.system_incident as i
    where i.incident_id = begin_incident_change.incident_id
    for no key update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no incident %s', incident_id),
            hint = 'select * from incident.active lists the incidents of now, incident.recent those of late.';
    end if;
    if acted_at < now() and acted_at < subject.detected_at then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('acted_at %s is before incident %s was detected', acted_at, incident_id),
            detail = format('It was detected at %s.', subject.detected_at),
            hint = 'Leave it out for now().';
    end if;
    perform set_config('incident_engine.writer', 'operator', true);
    return subject;
end
$$;

comment on function incident_engine.begin_incident_change(bigint, text, timestamptz, boolean) is
'First step of everything an operator does to an incident: checks what was said, locks the incident (and its host when the '
'course of incidents changes) and returns it. Errors: 22004, 22023, IN002, 55P03.';

revoke all on function incident_engine.begin_incident_change(bigint, text, timestamptz, boolean) from public;
