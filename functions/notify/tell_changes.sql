create or replace function incident_engine.tell_changes(
    changes incident_engine.incident_change[], as_of timestamptz default now()
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    insert into incident.notification (
        host_name, incident_id, number, kind, step, contact, due_at, state, reason, waits_for_silence_to_end
    )
    select
        (c.incident).host_name,
        (c.incident).incident_id,
        l.number + row_number() over (
            partition by (c.incident).host_name, (c.incident).incident_id order by d.due_at, d.step, d.contact
        ),
        d.kind,
        d.step,
        d.contact,
        d.due_at,
        d.state,
        d.reason,
        d.waits
    from unnest(changes) as c
    cross join lateral (select y.silence from incident_engine.silenced_by(c.incident, as_of) as y offset 0) as s
    cross join lateral (
        select f.kind, f.step, f.contact, f.due_at, f.state, f.reason, f.waits
        from incident_engine.due_notifications(
            c.incident,
            c.event,
            s.silence,
            case when c.event = 'opened' then coalesce((c.incident).announced_at, now()) else now() end
        ) as f
        where c.event in ('opened', 'reopened', 'severity_raised', 'unacknowledged')
        union all
        -- Whoever was told of it, or is being told at this moment, is told how it went on.
        select c.event, null, t.contact, now(), 'pending', null, false
        from incident.notification as t
        where
            c.event in ('acknowledged', 'resolved', 'retracted')
            and t.host_name = (c.incident).host_name
            and t.incident_id = (c.incident).incident_id
            and (t.state = 'sent' or t.leased_until > now())
        group by t.contact
    ) as d
    cross join lateral (
        select coalesce(max(t.number), 0) as number
        from incident.notification as t
        where t.host_name = (c.incident).host_name and t.incident_id = (c.incident).incident_id
    ) as l;
    if found then
        perform incident_engine.wake_notifiers();
    end if;
end
$$;

comment on function incident_engine.tell_changes(incident_engine.incident_change[], timestamptz) is
'Writes what is due to be told of incidents that were opened or have changed: a row for each step of the escalation that their route '
'names, or for whoever was told of them, or one that says why nobody is. as_of: when it is asked what silences them.';

revoke all on function incident_engine.tell_changes(incident_engine.incident_change[], timestamptz) from public;
