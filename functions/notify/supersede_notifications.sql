create or replace function incident_engine.supersede_notifications(changes incident_engine.incident_change[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    update incident.notification as t
    set state = 'superseded',
        state_at = now(),
        leased_until = null,
        reason = o.reason,
        waits_for_silence_to_end = o.silence is not null
    from unnest(changes) as c
    left join lateral incident_engine.silenced_by(c.incident, now()) as s on c.event = 'silenced'
    cross join lateral (
        values
        (
            true, s.silence, coalesce(
                incident_engine.overtaken_by(
                    'opened', (c.incident).status, (c.incident).retracted_at, (c.incident).acknowledged_by
                ),
                s.silence,
                case when c.event = 'severity_raised' then 'severity rose to ' || (c.incident).severity end
            )
        ),
        (false, null, case when c.event in ('reopened', 'retracted') then c.event || ' before it was told' end)
    ) as o (calls_for_somebody, silence, reason)
    where
        t.host_name = (c.incident).host_name
        and t.incident_id = (c.incident).incident_id
        and t.state = 'pending'
        and o.reason is not null
        and (t.kind in ('opened', 'unacknowledged', 'severity_raised', 'reopened')) = o.calls_for_somebody
        and (
            c.event <> 'acknowledged' or t.kind in ('opened', 'unacknowledged')
        )
        -- Told by the row itself, which is read again once a notifier that is claiming it has committed.
        and coalesce(t.leased_until <= now(), true);
end
$$;

comment on function incident_engine.supersede_notifications(incident_engine.incident_change[]) is
'What is pending of changed incidents and need not be told any more, with the reason. What a notifier is sending now stays.';

revoke all on function incident_engine.supersede_notifications(incident_engine.incident_change[]) from public;
