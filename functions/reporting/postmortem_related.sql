create or replace function incident_engine.postmortem_related(subject public.system_incident)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with related as (
        select
            i.*,
            case
                when i.incident_id = (subject).part_of then 'this is part of it'
                when i.part_of = (subject).incident_id then 'part of this'
                when
                    i.detected_at < coalesce((subject).resolved_at, 'infinity')
                    and coalesce(i.resolved_at, 'infinity') > (subject).detected_at
                    then 'same host, same time'
                else 'same device, the 30 days before'
            end as how
        from public.system_incident as i
        where
            i.host_name = (subject).host_name
            and i.incident_id <> (subject).incident_id
            and i.retracted_at is null
            and (
                i.incident_id = (subject).part_of
                or i.part_of = (subject).incident_id
                or i.detected_at < coalesce((subject).resolved_at, 'infinity')
                and coalesce(i.resolved_at, 'infinity') > (subject).detected_at
                or (i.device_name, i.capture_folder) = ((subject).device_name, (subject).capture_folder)
                and i.detected_at between (subject).detected_at - interval '30 days' and (subject).detected_at
            )
    )

    select incident_engine.markdown_row(l.id, l.detected, l.what, l.how, l.root_cause)
    from (
        values
        (null::timestamptz, -2::bigint, 'Incident', 'Detected', 'What', 'How related', 'Root cause'),
        (null, -1, '---', '---', '---', '---', '---')
        union all
        (
            select
                r.detected_at, r.incident_id, r.incident_id::text, incident_engine.utc_minute(r.detected_at),
                r.description, r.how, r.root_cause
            from related as r
            order by r.how = 'same device, the 30 days before', r.detected_at desc, r.incident_id desc
            limit 50
        )
    ) as l (detected_at, incident_id, id, detected, what, how, root_cause)
    order by l.detected_at nulls first, l.incident_id;
end;

comment on function incident_engine.postmortem_related(public.system_incident) is
'For incident.postmortem: incidents that belong to it, were there at the same time on its host, or were its device''s in the 30 days '
'before, at most 50, as rows of a Markdown table.';

revoke all on function incident_engine.postmortem_related(public.system_incident) from public;
grant execute on function incident_engine.postmortem_related(public.system_incident) to incident_viewer;
