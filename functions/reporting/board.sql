create or replace view incident.board as
select
    (b.line).id,
    (b.line).severity,
    (b.line).state,
    (b.line).place,
    (b.line).since,
    (b.line).who,
    (b.line).what
from (
    select
        (
            null, 'unknown', 'unwatched', 'nobody has looked', '', '',
            coalesce(substring(o.overdue from 'for [0-9]+ min'), 'yet')
        )::incident.board_line as line,
        null::timestamptz as detected_at
    from (select incident_engine.sweep_overdue() as overdue) as o
    where o.overdue is not null and (select incident_engine.warn_when_overdue())
    union all
    select l as line, i.detected_at
    from public.system_incident as i
    cross join lateral incident_engine.board_line(i, now()) as l
    where i.status in ('open', 'in_progress') and i.dismissed_at is null
) as b
order by
    (b.line).state not in ('unwatched', 'open', 'in_progress'),
    coalesce(incident_engine.severity_rank((b.line).severity), 0),
    b.detected_at,
    (b.line).id;

comment on view incident.board is
'What is broken right now, one line of at most 100 characters each, worst severity first, then oldest; what nobody is told of comes '
'last. incident.active has it in full. When nobody has looked lately, the first line says so, and a warning says what to do. The '
'verbs return such a line.';
comment on column incident.board.id is 'What the verbs take: incident_id. Null in the line that says that nobody has looked.';
comment on column incident.board.state is
'open or in_progress (somebody is on it); maintenance, part of (the incident of its host) or snoozed while nobody is told of it. The verbs '
'return it as resolved, closed, dismissed or retracted, too.';
comment on column incident.board.place is 'Host and device; the host alone when it is about the host. Shortened to 22 characters.';
comment on column incident.board.since is 'When it was detected, in the session''s time zone: the time, or the day when that is over 24 h ago.';
comment on column incident.board.who is 'Its assignee, else who is on it; who resolved or closed it when it is over; nobody.';
comment on column incident.board.what is 'What is wrong; flapping when its component changes too often to say.';

revoke all on incident.board from public;
grant select on incident.board to incident_viewer;
