-- Rows that say nothing new cost nothing, so nobody looks at the gap between them before the sweep does.
select plan(4);

select test.send_one_by_one('active');
select test.send_one_by_one('active', device_name => 'Device 2');
update incident.device set registered_at = now() - interval '1 hour'; -- in an earlier transaction
select test.send_one_by_one('active - - - - active active', '10:01');
select test.send_one_by_one('active active - - active active active', '10:01', device_name => 'Device 2');
select is(
    test.history() || test.history('Device 2'), array['10:00 active/active', '10:00 active/active'], 'not known yet'
);

select incident.sweep(test.at('10:08'));
select is(
    test.history(), array['10:00 active/active', '10:02 no_data/no_data', '10:06 active/active'],
    'found although it was over before any sweep saw it'
);
select is(
    test.history('Device 2'), array['10:00 active/active', '10:03 no_data/no_data', '10:05 active/active'],
    'of three minutes from sample to sample, too'
);

select test.is_sound();
select * from finish();
