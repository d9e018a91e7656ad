select plan(3);
select incident.set_contact('default', group_interval => '0');
select test.send('active stuck', device_name => 'Device ' || n) from generate_series(1, 3) as n;
select incident.settle_message(m.message_id) from incident.claim_messages('n1') as m;
select test.send('active stuck', device_name => 'Device ' || n) from generate_series(4, 5) as n;
select test.send('active', '10:05', device_name => 'Device 5');
select test.announce('10:02');
update incident.notification as t set state_at = test.at('10:02') + t.incident_id * interval '1 second'
where t.state = 'sent';
prepare seconds as
select t.announced, t.told, t.mean_seconds, t.worst_seconds, t.worst_incident_id, t.waiting, t.not_told
from incident.time_to_tell(test.at('10:00'), test.at('11:00')) as t;

select results_eq(
    'seconds', 'values (5::bigint, 3::bigint, 2.000, 3.000, 3::bigint, 1::bigint, 1::bigint)',
    'three were told, one waits, one was over before'
);
select is(
    (select t.told from incident.time_to_tell(test.at('11:00')) as t), 0::bigint, 'another window has others'
);
select matches(
    (
        select s.answer from incident.status(test.at('11:00')) as s
        where s.topic = 'TOLD'
    ),
    '^people were told of 3 of 5 incidents in the 7 d before', 'status() says so'
);
select * from finish();
