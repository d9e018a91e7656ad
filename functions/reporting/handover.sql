create or replace function incident.handover(
    since timestamptz default now() - interval '12 hours', as_of timestamptz default now()
)
returns table (part text, at timestamptz, id bigint, what text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with line (place, part, rank, at, id, what) as (
        select 0, 'open', 0, null::timestamptz, null::bigint, upper(o.overdue) || ': what follows may be old'
        from (select case when as_of >= now() then incident_engine.sweep_overdue() end as overdue) as o
        where o.overdue is not null
        union all
        select
            1, 'open', row_number() over (
                order by s.silence is not null, incident_engine.severity_rank(i.severity), i.detected_at
            ),
            i.detected_at, i.incident_id,
            concat_ws(
                ', ', upper(i.severity) || ' ' || i.description || coalesce(' (' || i.reason || ')', ''),
                coalesce(
                    s.silence, i.assignee || ' has it',
                    case when i.acknowledged_at <= as_of then i.acknowledged_by || ' is on it' end, 'nobody on it'
                )
            )
        from public.system_incident as i
        cross join lateral incident_engine.silenced_by(i, as_of) as s
        where
            i.retracted_at is null and i.dismissed_at is null and i.detected_at <= as_of
            and (i.status in ('open', 'in_progress') or i.resolved_at > as_of)
        union all
        select
            2, 'over', 0, i.resolved_at, i.incident_id,
            format(
                '%s, %s after %s%s', i.description,
                case when i.retracted_at is null then 'over' else 'never was: retracted' end,
                incident_engine.readable_duration(extract(epoch from i.resolved_at - i.detected_at)),
                coalesce(', resolved by ' || nullif(i.resolved_by, 'engine'), '')
            )
        from public.system_incident as i
        where coalesce(i.retracted_at, i.resolved_at) between since and as_of
        union all
        select
            3, 'done', t.entry_id, t.happened_at, t.incident_id,
            concat(
                t.operator, ' ', t.event,
                case when t.event in ('assigned', 'snoozed') then ' to ' || coalesce(t.to_value, 'nobody') end,
                ': ' || t.note
            )
        from incident.timeline as t
        where t.operator <> 'engine' and t.happened_at between since and as_of
        union all
        select c.place, c.part, c.rank, c.at, null, c.what
        from incident_engine.changes_between(since, as_of) as c
    )

    select l.part, date_trunc('second', l.at), l.id, l.what
    from line as l
    where incident_engine.check_since(since, as_of)
    order by l.place, case when l.place = 1 then l.rank end, l.at, l.id, l.rank, l.what;
end;

comment on function incident.handover(timestamptz, timestamptz) is
'What the next shift must know: what is open and whose, what is over since then, who did what, what was changed, what is planned. '
'since: by default 12 hours ago. part is open, over, done, changed or ahead; id the incident. Errors: 22023 for a since after as_of.';

revoke all on function incident.handover(timestamptz, timestamptz) from public;
grant execute on function incident.handover(timestamptz, timestamptz) to incident_viewer;
