-- Inlined into the queries that ask for many: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.due_notifications(
    subject public.system_incident, kind text, silence text, since timestamptz
)
returns table (kind text, step integer, contact text, due_at timestamptz, state text, reason text, waits boolean)
language sql
stable
rows 2
begin atomic
    select
        case when s.delay > '0' then 'unacknowledged' else due_notifications.kind end as kind,
        s.step,
        s.contact,
        since + coalesce(s.delay, '0') as due_at,
        case when s.contact is null then 'suppressed' else 'pending' end as state,
        case when s.contact is null then coalesce(v.reason, s.nobody) end as reason,
        v.is_silent as waits
    from (
        select
            case
                when not (subject).status in ('open', 'in_progress') then 'over before anybody could be told'
                when silence is not null then silence
                when (subject).status = 'in_progress' and due_notifications.kind in ('opened', 'unacknowledged')
                    then 'acknowledged in time by ' || (subject).acknowledged_by
            end as reason,
            (subject).status in ('open', 'in_progress') and silence is not null as is_silent
    ) as v
    left join lateral (
        select
            e.step, e.contact, e.after + coalesce(n.repetition * e.repeat_every, '0') as delay,
            case
                when r.route_id is null then 'no route fits'
                when r.escalation is null then 'route ' || r.route_id || ' tells nobody'
                else 'acknowledged by ' || (subject).acknowledged_by
            end as nobody
        from (values (true)) as always (is_so)
        left join lateral (
            select m.route_id, m.escalation
            from incident_engine.matching_routes(
                    (subject).host_name, (subject).device_name, (subject).component, (subject).severity, since
                ) as m
            limit 1
        ) as r on true
        -- Whoever works on it need not be called for again: what is new is told once.
        left join incident.escalation_step as e
            on e.escalation = r.escalation and ((subject).status = 'open' or e.after = '0')
        left join lateral generate_series(0, e.repeat_times) as n (repetition)
            on (subject).status = 'open' or n.repetition = 0
    ) as s on v.reason is null;
end;

comment on function incident_engine.due_notifications(public.system_incident, text, text, timestamptz) is
'What is to be told of an incident to whom and when, counted from since: a row for each step of its escalation and each repetition, or '
'one that says why nobody is told. silence: what keeps it from being told now, null for nothing.';

revoke all on function incident_engine.due_notifications(public.system_incident, text, text, timestamptz) from public;
