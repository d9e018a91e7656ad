create or replace function incident.settle_message(
    message_id bigint, error text default null, retry_after interval default null
)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    subject incident.message;
    words constant text := left(regexp_replace(error, '[[:cntrl:]]+', ' ', 'g'), 500);
begin
    select m.* into subject
    from incident.message as m
    where m.message_id = settle_message.message_id
    for no key update;
    if not found or subject.state in ('sent', 'superseded') then
        return subject.state;
    end if;
    update incident.message as m
    set state = case
            when error is null then 'sent'
            when m.made_at <= now() - interval '1 day' then 'failed'
            else 'pending'
        end,
        state_at = now(),
        reason = words,
        -- 30 s, 1 min, 2 min ... up to half an hour, or later where the service says so.
        next_attempt_at = now() + least(
            greatest(interval '30 seconds' * 2 ^ least(m.attempts - 1, 6), retry_after), interval '30 minutes'
        ),
        leased_by = null,
        leased_until = null
    where m.message_id = settle_message.message_id
    returning m.* into subject;
    -- What was left out of it, because somebody was writing to it, goes into another one.
    with carried as (
        select t.host_name, t.incident_id, t.number, t.leased_until is not null or t.state = 'failed' as went_with_it
        from incident.notification as t
        where t.message_id = settle_message.message_id and t.state in ('pending', 'failed')
        for no key update skip locked
    )

    update incident.notification as t
    set state = case when c.went_with_it then subject.state else t.state end,
        state_at = case when c.went_with_it and subject.state <> 'pending' then now() else t.state_at end,
        reason = case when c.went_with_it and subject.state <> 'pending' then words else t.reason end,
        message_id = case when c.went_with_it then t.message_id end,
        leased_until = null
    from carried as c
    where t.host_name = c.host_name and t.incident_id = c.incident_id and t.number = c.number;
    perform incident_engine.record_told(settle_message.message_id);
    return subject.state;
end
$$;

comment on function incident.settle_message(bigint, text, interval) is
'For the notifier: a message has been delivered (error null), or the service''s words why not: then it is tried again after 30 s, 1 min, '
'2 min and so on up to half an hour (retry_after: not before, where the service says so), for a day. Returns the state of the message.';

revoke all on function incident.settle_message(bigint, text, interval) from public;
grant execute on function incident.settle_message(bigint, text, interval) to incident_notifier;
