create or replace function incident_engine.postmortem_told(subject public.system_incident)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select incident_engine.markdown_row(l.at, l.what, l.whom, l.state)
    from (
        values
        (-2, 'When', 'What', 'Whom', 'How it went'),
        (-1, '---', '---', '---', '---')
        union all
        select
            t.number, incident_engine.utc_minute(coalesce(t.settled_at, t.due_at)), t.kind,
            coalesce(t.recipient, t.contact, 'nobody'), concat_ws(': ', t.state, t.reason)
        from incident.told as t
        where t.host_name = (subject).host_name and t.incident_id = (subject).incident_id
    ) as l (number, at, what, whom, state)
    order by l.number;
end;

comment on function incident_engine.postmortem_told(public.system_incident) is
'For incident.postmortem: who was told what, as rows of a Markdown table; times in UTC.';

revoke all on function incident_engine.postmortem_told(public.system_incident) from public;
grant execute on function incident_engine.postmortem_told(public.system_incident) to incident_viewer;
