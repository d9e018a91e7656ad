create or replace function incident_engine.make_message(contact text)
returns bigint
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    receiver incident.contact;
    made bigint;
    waited integer;
    full_since timestamptz;
begin
    -- Two notifiers must not split what is due to one contact; the other one has it then.
    select c.* into receiver
    from incident.contact as c
    where c.contact = make_message.contact
    for no key update skip locked;
    if not found or not incident_engine.may_be_sent_to(receiver) then
        return null;
    end if;
    perform incident_engine.drop_overtaken(contact, null);
    if not exists (
        select from incident.notification as t
        where t.contact = make_message.contact and t.state = 'pending' and t.due_at <= now() and t.message_id is null
    ) then
        return null;
    end if;

    -- When the limit was last reached: what was due then has waited for it.
    full_since := (
        select m.made_at from incident.message as m
        where m.contact = make_message.contact and m.made_at > now() - interval '2 hours'
        order by m.made_at desc
        offset receiver.messages_per_hour - 1
        limit 1
    ) + interval '1 hour';
    insert into incident.message (contact, recipient)
    values (
        make_message.contact,
        coalesce((select o.contact from incident.on_call(make_message.contact) as o), make_message.contact)
    )
    returning message_id into made;
    with due as (
        select t.host_name, t.incident_id, t.number
        from incident.notification as t
        where t.contact = make_message.contact and t.state = 'pending' and t.due_at <= now() and t.message_id is null
        for no key update skip locked
    ),

    taken as (
        update incident.notification as t
        set message_id = made
        from due as d
        where t.host_name = d.host_name and t.incident_id = d.incident_id and t.number = d.number
        returning t.due_at
    )

    select count(*)::integer into waited
    from taken as t
    where t.due_at < full_since;
    update incident.message as m
    set held_back = waited
    where m.message_id = made and waited > 0;
    return made;
end
$$;

comment on function incident_engine.make_message(text) is
'Puts all that is due to a contact into one message, to whoever is on call where it is a rotation. Null when there is nothing, or it may '
'not have another message yet.';

revoke all on function incident_engine.make_message(text) from public;
