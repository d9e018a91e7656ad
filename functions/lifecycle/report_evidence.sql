create or replace function incident.report_evidence(
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    metadata jsonb,
    role text default current_user
)
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    hosts constant text[] := incident_engine.agent_hosts(
        case when pg_has_role(session_user, report_evidence.role::name, 'member') then role else session_user end
    );
    subject bigint;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    if not (hosts && array[host_name, '*']) then
        perform incident_engine.refuse_host(host_name, role);
    end if;
    if metadata is null or jsonb_typeof(metadata) <> 'object' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('metadata must be a JSON object, not %s', coalesce(metadata::text, 'null')),
            hint = 'For instance: {"log": "https://site/ffmpeg.log"}';
    end if;

    -- No collector waits for a person: what somebody holds is left, and told next time.
    select i.incident_id
    into subject
    from public.system_incident as i
    where
        i.host_name = report_evidence.host_name
        and i.device_name = report_evidence.device_name
        and i.capture_folder = report_evidence.capture_folder
        and i.component = report_evidence.component
        and i.status in ('open', 'in_progress')
        and not i.metadata @> report_evidence.metadata
    for no key update skip locked;
    if subject is not null then
        perform set_config('incident_engine.writer', 'engine', true);
        update public.system_incident as i
        set metadata = i.metadata || report_evidence.metadata, updated_by = session_user, update_note = null
        where i.host_name = report_evidence.host_name and i.incident_id = subject;
        perform set_config('incident_engine.writer', '', true);
        insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
        values (host_name, subject, now(), 'commented', 'evidence: ' || metadata::text, session_user);
    end if;
    return subject;
end
$$;

comment on function incident.report_evidence(text, text, text, text, jsonb, text) is
'For collectors: adds what they know of a failure (links, excerpts) to the active incident of a component of a device of their hosts. '
'role: as whom, by default the role that the session has become. Returns its number; null when none is active, all of it is there '
'already, or somebody holds it just now. Errors: 42501 for a host that is not allowed, 22023 when it is no object, 23514 above 100 kB.';

revoke all on function incident.report_evidence(text, text, text, text, jsonb, text) from public;
grant execute on function incident.report_evidence(text, text, text, text, jsonb, text) to incident_agent;
