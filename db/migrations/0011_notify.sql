-- When people could know of an incident.

alter table public.system_incident add column announced_at timestamptz;
create index system_incident_unannounced_idx on public.system_incident (host_name)
where announced_at is null and status in ('open', 'in_progress');
comment on column public.system_incident.announced_at is
'The first moment that it could be told to anybody: when the database learned of it, when its maintenance ended, or when the '
'incident of its host that it was part of was over. Null while it may not be told, and when it was over before.';
comment on column public.system_incident.detection_to_ack_minutes is
'acknowledged_at - announced_at (detected_at where that is null) in whole minutes, rounded down, 0 when it was acknowledged before; '
'kept by trigger.';
