create or replace function incident_engine.status_broken(as_of timestamptz, time_zone text)
returns table (place integer, line integer, topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    -- As it stood at as_of; those that people are told of first.
    with active as (
        select
            i.*,
            coalesce(i.acknowledged_at <= as_of, false) as is_acknowledged,
            s.silence as silenced_by,
            row_number() over (
                order by
                    s.silence is not null, incident_engine.severity_rank(i.severity), i.detected_at, i.incident_id
            ) as place
        from public.system_incident as i
        cross join lateral incident_engine.silenced_by(i, as_of) as s
        where
            i.retracted_at is null and i.dismissed_at is null
            and i.detected_at <= as_of + incident_engine.clock_tolerance()
            and (i.status in ('open', 'in_progress') or i.resolved_at > as_of)
    ),

    counts as (
        select
            count(*) filter (where a.silenced_by is null) as active,
            count(*) filter (where a.silenced_by is not null) as silenced,
            count(*) filter (where a.silenced_by is null and a.severity = 'critical') as critical,
            count(*) filter (where a.silenced_by is null and not a.is_acknowledged) as unacknowledged,
            count(*) as listed
        from active as a
    )

    select
        0 as place, 0 as line, case when t.is_past then 'THEN' else 'NOW' end as topic,
        concat_ws(
            '; ',
            upper(t.overdue) || ' (select incident.sweep();)',
            case
                when c.active > 0
                    then format('%s active, %s critical, %s with nobody on it', c.active, c.critical, c.unacknowledged)
                when t.overdue is not null then 'nothing is known to be broken'
                when t.is_past then 'nothing was broken'
                else 'nothing is broken'
            end,
            nullif(c.silenced, 0) || ' in maintenance, snoozed or part of another'
        )
        || to_char(as_of at time zone time_zone, '   (YYYY-MM-DD HH24:MI ') || time_zone || ')' as answer
    from counts as c
    cross join (
        select
            as_of < now() as is_past,
            case when as_of >= now() then incident_engine.sweep_overdue() end as overdue
    ) as t
    union all
    select
        0, a.place::integer, '',
        format(
            '#%s %s: %s, %s', a.incident_id, upper(a.severity),
            case
                when a.capture_folder = 'host' and h.reason is not null then format('host %s %s', a.host_name, h.reason)
                else format(
                        '%s%s, for %s', coalesce(a.description, a.component || ' of ' || a.device_name),
                        ' (' || a.reason || ')',
                        incident_engine.readable_duration(greatest(extract(epoch from as_of - a.detected_at), 0))
                    )
            end,
            coalesce(
                a.silenced_by,
                case
                    when a.is_acknowledged
                        then a.acknowledged_by || case when as_of < now() then ' was on it' else ' is on it' end
                    when as_of < now() then 'nobody was on it'
                    else format('nobody: select incident.acknowledge(%s);', a.incident_id)
                end
            )
        )
    from active as a
    cross join lateral (select incident_engine.host_reason(a.host_name, as_of) as reason) as h
    where a.place <= 6
    union all
    select
        0, 7, '',
        format('and %s more', c.listed - 6)
        || case when as_of < now() then '' else ': select * from incident.board;' end
    from counts as c
    where c.listed > 6;
end;

comment on function incident_engine.status_broken(timestamptz, text) is
'Lines of incident.status: what is broken, or was at as_of, and who is on it.';

revoke all on function incident_engine.status_broken(timestamptz, text) from public;
grant execute on function incident_engine.status_broken(timestamptz, text) to incident_viewer;
