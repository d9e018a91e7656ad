create or replace function incident_engine.postmortem_facts(subject public.system_incident)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select incident_engine.markdown_row(f.name, f.value)
    from (
        values
        (1, '', ''),
        (2, '---', '---'),
        (3, 'Severity', (subject).severity),
        (
            4, 'Status',
            case
                when (subject).retracted_at is not null then 'retracted: there was no failure'
                when (subject).dismissed_at is not null then 'dismissed as a false alarm by ' || (subject).dismissed_by
                else (subject).status
            end
        ),
        (5, 'Host', (subject).host_name),
        (6, 'Device', nullif((subject).device_name, (subject).host_name) || ' (' || (subject).capture_folder || ')'),
        (7, 'Reason', (subject).reason),
        (8, 'Detected', incident_engine.utc_minute((subject).detected_at)),
        (9, 'Could be told', incident_engine.utc_minute((subject).announced_at)),
        (
            10, 'Acknowledged',
            incident_engine.utc_minute((subject).acknowledged_at) || ' by ' || (subject).acknowledged_by
            || coalesce(', after ' || (subject).detection_to_ack_minutes || ' min', '')
        ),
        (
            11, 'Resolved',
            incident_engine.utc_minute((subject).resolved_at)
            || coalesce(' by ' || nullif((subject).resolved_by, 'engine'), '')
            || coalesce(', after ' || (subject).total_duration_minutes || ' min', '')
        ),
        (12, 'Closed', incident_engine.utc_minute((subject).closed_at) || coalesce(' by ' || (subject).closed_by, '')),
        (13, 'Reopened', nullif((subject).reopen_count, 0) || ' times')
    ) as f (place, name, value)
    where f.value is not null
    order by f.place;
end;

comment on function incident_engine.postmortem_facts(public.system_incident) is
'For incident.postmortem: what is known of the incident, as rows of a Markdown table; times in UTC.';

revoke all on function incident_engine.postmortem_facts(public.system_incident) from public;
grant execute on function incident_engine.postmortem_facts(public.system_incident) to incident_viewer;
