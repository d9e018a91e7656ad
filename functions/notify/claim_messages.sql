create or replace function incident.claim_messages(
    notifier text, lease interval default '2 minutes', at_most integer default 10
)
returns table (message_id bigint, recipient text, body jsonb)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
    claimed bigint[] := array[]::bigint[];
    candidate record;
begin
    -- What nobody has delivered yet and is to be tried again, then what is new.
    for candidate in
        select m.message_id, m.contact
        from incident.message as m
        where
            m.state = 'pending' and m.next_attempt_at <= now() and coalesce(m.leased_until <= now(), true)
        order by m.next_attempt_at, m.message_id
        limit at_most
        for no key update skip locked
    loop
        perform incident_engine.drop_overtaken(candidate.contact, candidate.message_id);
        claimed := claimed || candidate.message_id;
    end loop;
    for candidate in
        select c.contact
        from incident.contact as c
        where
            exists (
                select from incident.notification as t
                where t.contact = c.contact and t.state = 'pending' and t.due_at <= now() and t.message_id is null
            )
            and incident_engine.may_be_sent_to(c)
        order by c.contact
        limit at_most
    loop
        claimed := claimed || incident_engine.make_message(candidate.contact);
    end loop;

    -- What somebody is writing to at this moment is left out of it.
    with leasable as (
        select t.host_name, t.incident_id, t.number
        from incident.notification as t
        where t.message_id = any (claimed) and t.state = 'pending'
        for no key update skip locked
    )

    update incident.notification as t
    set leased_until = now() + lease
    from leasable as l
    where t.host_name = l.host_name and t.incident_id = l.incident_id and t.number = l.number;
    update incident.message as m
    set state = 'superseded', state_at = now(), reason = 'nothing in it was left to tell', leased_by = null, leased_until = null
    where m.message_id = any (claimed) and not exists (
        select from incident.notification as t
        where t.message_id = m.message_id and t.state = 'pending'
    );
    update incident.message as m
    set leased_by = notifier, leased_until = now() + lease, attempts = m.attempts + 1
    where m.message_id = any (claimed) and m.state = 'pending' and exists (
        select from incident.notification as t
        where t.message_id = m.message_id and t.leased_until > now()
    );
    return query
    select m.message_id, m.recipient, incident_engine.message_body(m.message_id)
    from incident.message as m
    where m.message_id = any (claimed) and m.leased_until > now()
    order by m.message_id;
end
$$;

comment on function incident.claim_messages(text, interval, integer) is
'For the notifier: the messages that it is to deliver now, which for the time of the lease are its own. It settles each with '
'incident.settle_message(); one that it does not settle in that time goes to whoever asks next.';

revoke all on function incident.claim_messages(text, interval, integer) from public;
grant execute on function incident.claim_messages(text, interval, integer) to incident_notifier;
