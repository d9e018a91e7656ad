select plan(5);
update incident.policy set new_device_grace = '0';

select test.send('active');
select test.send(repeat('active ', 10), device_name => 'Device 2');
select incident.sweep(test.at('10:05'));
select
    incident.resolve(
        test.incident_id('Device 1', 'system'), 'seen', operator => 'ada', acted_at => test.at('10:05:10')
    );
select is(test.incidents(), array['system high resolved 10:01-10:05:10'], 'resolved');
select incident.sweep(test.at('10:05:59.999999'));
select is(test.incidents(), array['system high resolved 10:01-10:05:10'], 'and stays so');
select incident.sweep(test.at('10:06'));
select is(
    test.incidents(), array['system high resolved 10:01-10:05:10', 'system high open 10:06-'],
    'until the next sample is missed'
);
select test.send('active', '10:08');
select is(
    test.incidents(),
    array['system high resolved 10:01-10:05:10', 'system high resolved 10:06-10:08'],
    'and it reports again'
);

select test.is_sound();
select * from finish();
