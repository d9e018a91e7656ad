create or replace function incident_engine.message_body(message_id bigint, listed integer default 20)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with told as (
        select distinct on (i.host_name, i.incident_id)
            t.kind, t.due_at, i.incident_id, i.incident_uuid, i.severity, i.host_name, i.device_name, i.capture_folder,
            i.component, i.status, i.description, i.reason, i.detected_at, i.announced_at, i.acknowledged_by,
            i.resolved_at, i.total_duration_minutes, i.flapping_since, i.assignee
        from incident.notification as t
        join public.system_incident as i using (host_name, incident_id)
        where t.message_id = message_body.message_id and t.leased_until > now()
        order by i.host_name asc, i.incident_id asc, t.number desc
    ),

    -- What calls for somebody comes first, then the worst, then the oldest.
    ranked as (
        select
            t.*,
            row_number() over (
                order by
                    t.kind in ('acknowledged', 'resolved', 'retracted'),
                    incident_engine.severity_rank(t.severity),
                    t.detected_at,
                    t.incident_id
            ) as position
        from told as t
    ),

    kinds as (
        select r.kind, count(*) as number
        from ranked as r
        group by r.kind
    ),

    severities as (
        select r.severity, count(*) as number
        from ranked as r
        group by r.severity
    )

    select
        jsonb_build_object(
            'message_id', m.message_id,
            'contact', m.contact,
            'recipient', m.recipient,
            'made_at', m.made_at,
            'attempt', m.attempts,
            'held_back', m.held_back,
            'total', (select count(*) from ranked),
            'hosts', (select count(distinct r.host_name) from ranked as r),
            'kinds', (select jsonb_object_agg(k.kind, k.number) from kinds as k),
            'severities', (select jsonb_object_agg(k.severity, k.number) from severities as k),
            'incidents', (
                select jsonb_agg(to_jsonb(r) - 'position' order by r.position) from ranked as r
                where r.position <= listed
            )
        )
    from incident.message as m
    where m.message_id = message_body.message_id;
end;

comment on function incident_engine.message_body(bigint, integer) is
'What a message says, for the notifier to put into words: the worst incidents first, so many of them in full, and the rest counted by kind '
'and severity. An incident stands in it once, with the latest that there is to tell.';

revoke all on function incident_engine.message_body(bigint, integer) from public;
