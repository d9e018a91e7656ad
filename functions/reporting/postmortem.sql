create or replace function incident.postmortem(incident_id bigint, around interval default '30 minutes')
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    subject public.system_incident;
    window_start timestamptz;
    window_end timestamptz;
    stretch text;
begin
    if around is null or around < interval '0' or around > interval '7 days' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('around must be between 0 and 7 days, but is %s', coalesce(around::text, 'null')),
            hint = 'Leave it out for 30 minutes before and after.';
    end if;
    select i.* into subject from public.system_incident as i where i.incident_id = postmortem.incident_id;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no incident %s', coalesce(incident_id::text, 'null')),
            hint = 'select * from incident.active lists what is active, incident.recent what was lately.';
    end if;
    window_start := subject.detected_at - around;
    window_end := coalesce(subject.resolved_at, now()) + around;
    stretch := format(
        ' (%s to %s)', incident_engine.utc_minute(window_start), incident_engine.utc_minute(date_trunc('second', window_end))
    );

    return array_to_string(
        array[
            '# Incident ' || incident_id || ': ' || regexp_replace(subject.description, '[[:cntrl:]]+', ' ', 'g'),
            '', 'Times are UTC.', '', array_to_string(array(select incident_engine.postmortem_facts(subject)), e'\n'),
            '', '## Root cause', '', coalesce(subject.root_cause, 'Not written down yet: select incident.amend('
                || incident_id || ', root_cause => ''...'');'),
            '', '## Resolution', '', coalesce(subject.resolution_notes, 'No notes.'),
            '', '## What happened', '',
            array_to_string(array(select incident_engine.postmortem_timeline(subject)), e'\n'),
            '', '## States of the device and its host' || stretch, '',
            array_to_string(array(select incident_engine.postmortem_states(subject, window_start, window_end)), e'\n'),
            '', '## Load of the host' || stretch, '',
            array_to_string(array(select incident_engine.postmortem_metrics(subject, window_start, window_end)), e'\n'),
            '', '## Who was told', '', array_to_string(array(select incident_engine.postmortem_told(subject)), e'\n'),
            '', '## Related incidents', '',
            array_to_string(array(select incident_engine.postmortem_related(subject)), e'\n')
        ], e'\n'
    );
end
$$;

comment on function incident.postmortem(bigint, interval) is
'All about one incident as Markdown: facts, root cause, timeline, states and load around it, who was told, related incidents. around: '
'how long before and after. psql -XAt -c "select incident.postmortem(42)" > 42.md. Errors: IN002 when there is none with this number, '
'22023 for an around that is negative or over 7 days.';

revoke all on function incident.postmortem(bigint, interval) from public;
grant execute on function incident.postmortem(bigint, interval) to incident_viewer;
