create or replace function incident_engine.postmortem_timeline(subject public.system_incident)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select incident_engine.markdown_row(l.at, l.operator, l.what, l.note)
    from (
        values
        (-2::bigint, null::timestamptz, 'When', 'Who', 'What', 'Note'),
        (-1, null, '---', '---', '---', '---')
        union all
        select
            t.entry_id, t.happened_at, incident_engine.utc_minute(t.happened_at), t.operator,
            replace(t.event, '_', ' ') || case
                when t.event in ('detected', 'acknowledged', 'resolved', 'closed', 'reopened', 'unacknowledged') then ''
                else coalesce(', ' || t.from_value, '') || coalesce(' -> ' || t.to_value, '')
            end,
            t.note
        from incident.timeline as t
        where t.host_name = (subject).host_name and t.incident_id = (subject).incident_id
    ) as l (entry_id, happened_at, at, operator, what, note)
    order by l.happened_at nulls first, l.entry_id;
end;

comment on function incident_engine.postmortem_timeline(public.system_incident) is
'For incident.postmortem: the timeline in order of what happened, as rows of a Markdown table; times in UTC.';

revoke all on function incident_engine.postmortem_timeline(public.system_incident) from public;
grant execute on function incident_engine.postmortem_timeline(public.system_incident) to incident_viewer;
