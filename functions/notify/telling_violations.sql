create or replace function incident_engine.telling_violations()
returns table (rule text, host_name text, device_name text, capture_folder text, incident_id bigint, detail text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        'every incident is told or the log says why not' as rule,
        i.host_name,
        i.device_name,
        i.capture_folder,
        i.incident_id,
        'announced at ' || coalesce(i.announced_at::text, 'no time') as detail
    from public.system_incident as i
    where not exists (
            select from incident.notification as t
            where t.host_name = i.host_name and t.incident_id = i.incident_id
        )
    union all
    select
        'what nothing silences is announced', i.host_name, i.device_name, i.capture_folder, i.incident_id,
        'created at ' || i.created_at
    from public.system_incident as i
    where
        i.announced_at is null
        and i.status in ('open', 'in_progress')
        and (select s.silence from incident_engine.silenced_by(i, now()) as s) is null
        and greatest(i.created_at, incident_engine.silenced_until(i, now())) < now() - interval '5 minutes'
    union all
    select
        'a notification is what its message is', t.host_name, null, null, t.incident_id,
        format('notification %s is %s, message %s is %s', t.number, t.state, m.message_id, m.state)
    from incident.notification as t
    join incident.message as m using (message_id)
    where t.state <> m.state and t.state <> 'superseded';
end;

comment on function incident_engine.telling_violations() is
'Rules that tie who was told to incidents, and where they are broken.';

revoke all on function incident_engine.telling_violations() from public;
