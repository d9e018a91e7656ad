select plan(3);

select incident_engine.ensure_partitions('2020-03-01 00:00+00', '2020-03-02 00:00+00');
select test.send('active stuck active', start => '2020-03-01 10:00');
select incident.sweep() from generate_series(1, 3);
select is((select count(*) from system_device_metrics), 3::bigint, 'samples of years ago are there');
select is((select s.samples_from from incident_engine.sweep_state as s), '-infinity', 'nothing was declared gone');

-- Rows of the future do not let the present grow old.
select incident.set_retention('300 days');
select incident.sweep(now() + interval '360 days') from generate_series(1, 3);
select ok(
    (select s.samples_from from incident_engine.sweep_state as s) < now() - interval '299 days',
    'a sweep of a moment to come removes what is old now, not what will be'
);
select * from finish();
