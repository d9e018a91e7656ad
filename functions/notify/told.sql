create or replace view incident.told as
select
    t.incident_id,
    t.host_name,
    t.number,
    t.kind,
    t.contact,
    m.recipient,
    t.state,
    t.due_at,
    case when t.state in ('sent', 'failed', 'superseded', 'suppressed') then t.state_at end as settled_at,
    case when t.state = 'sent' then t.state_at - i.announced_at end as after_announced,
    coalesce(t.reason, m.reason) as reason,
    t.message_id,
    t.step
from incident.notification as t
join public.system_incident as i using (host_name, incident_id)
left join incident.message as m using (message_id)
order by t.incident_id, t.number;

comment on view incident.told is
'Of each incident: who was told what and when, how long after it could be, who will be and when, or why nobody.';
comment on column incident.told.recipient is 'The contact; of a rotation the one whose turn it was.';
comment on column incident.told.settled_at is 'When it was sent, given up, superseded or suppressed; null while it is pending.';
comment on column incident.told.after_announced is 'How long after the incident could first be told.';
comment on column incident.told.reason is 'Why it was not told, or not yet.';

revoke all on incident.told from public;
grant select on incident.told to incident_viewer;
