select plan(7);
select test.send('active stuck', device_name => 'Device ' || n) from generate_series(1, 30) as n;
select test.send('active stopped', device_name => 'Device 31');
create temporary table claimed as select * from incident.claim_messages('n1');
select is((select count(*) from claimed), 1::bigint, 'one message');
select is((select c.body ->> 'total' from claimed as c), '31', 'that counts them all');
select is(
    (select c.body -> 'incidents' -> 0 ->> 'device_name' from claimed as c), 'Device 31', 'names the worst first'
);
select is((select jsonb_array_length(c.body -> 'incidents') from claimed as c), 20, 'and twenty of them in full');
select is(
    (
        select count(*) from incident.told as t
        where t.message_id = 1
    ), 31::bigint, 'each says in which message it went'
);
select incident.settle_message(1);

-- Within group_interval after it.
select test.send('active stuck', device_name => 'Device 32');
select is_empty('select from incident.claim_messages(''n1'')', 'what is due soon after waits for a moment');
select incident.set_contact('default', group_interval => '0');
select isnt_empty('select from incident.claim_messages(''n1'')', 'and goes out as one more');
select * from finish();
