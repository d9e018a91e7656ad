create or replace view incident.board_by_host as
with line as (
    select
        i.host_name,
        case when i.capture_folder <> 'host' then i.device_name || e'\n' || i.capture_folder end as device,
        i.severity,
        i.detected_at,
        l.state,
        l.what
    from public.system_incident as i
    cross join lateral incident_engine.board_line(i, now()) as l
    where
        i.status in ('open', 'in_progress')
        and i.dismissed_at is null
        and (select incident_engine.warn_when_overdue())
),

host as (
    select
        l.host_name,
        min(incident_engine.severity_rank(l.severity)) as severity_rank,
        (array_agg(l.severity order by incident_engine.severity_rank(l.severity)))[1] as severity,
        count(*) as incidents,
        count(*) filter (where l.state = 'open') as open,
        count(distinct l.device) as failing,
        (
            select count(*)
            from incident.device as d
            where d.host_name = l.host_name
        ) as known,
        min(l.detected_at) as since,
        coalesce(
            mode() within group (order by l.what) filter (where l.state in ('open', 'in_progress')),
            mode() within group (order by l.what)
        ) as what,
        count(distinct l.what) - 1 as other_things
    from line as l
    group by l.host_name
)

select
    incident_engine.shortened(h.host_name, 22) as host,
    h.severity,
    h.incidents,
    h.open,
    h.failing || ' of ' || h.known as devices,
    to_char(h.since, case when h.since > now() - interval '24 hours' then 'HH24:MI' else 'DD Mon' end) as since,
    h.what || case when h.other_things > 0 then ' and ' || h.other_things || ' more' else '' end as what
from host as h
order by h.severity_rank asc, h.incidents desc, h.host_name asc;

comment on view incident.board_by_host is
'What is broken right now, a line for each host: many devices that fail together are one. Worst severity first, then most incidents. '
'Warns when nobody has looked lately.';
comment on column incident.board_by_host.severity is 'The worst.';
comment on column incident.board_by_host.incidents is 'All active ones of the host.';
comment on column incident.board_by_host.open is
'Those that somebody has to take: neither in progress, nor in maintenance, part of another or snoozed.';
comment on column incident.board_by_host.devices is 'How many of its devices have one.';
comment on column incident.board_by_host.since is
'When the first was detected: the time, or the day when that is over 24 h ago.';
comment on column incident.board_by_host.what is 'What is wrong most often, first of all of what people are told of, and how many other things are.';

revoke all on incident.board_by_host from public;
grant select on incident.board_by_host to incident_viewer;
