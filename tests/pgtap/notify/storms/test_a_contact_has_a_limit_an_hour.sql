select plan(5);
select incident.set_contact('default', messages_per_hour => 2, group_interval => '0');
create function pg_temp.send(n integer) returns text
language sql
as $$
select test.send('active stuck', device_name => 'Device ' || n);
select string_agg(incident.settle_message(m.message_id), ',') from incident.claim_messages('n1') as m;
$$;
select is(pg_temp.send(1), 'sent', 'the first');
select is(pg_temp.send(2), 'sent', 'the second');
select is(pg_temp.send(3), null, 'the third has to wait');
-- An hour after the first one.
update incident.message as m set made_at = m.made_at - interval '61 minutes'
where m.message_id = 1;
update incident.notification as t set due_at = t.due_at - interval '5 minutes'
where t.state = 'pending';
select test.send('active stuck', device_name => 'Device 4');
select is(
    (select m.body ->> 'total' from incident.claim_messages('n1') as m), '2', 'then all that has waited goes out as one'
);
select
    is((
        select m.held_back from incident.message as m
        order by m.message_id desc limit 1
    ), 1, 'which says how many waited for the limit');
select * from finish();
