-- Two devices fail from 1 March on; the second was resolved by hand on the 2nd and failed again with its next sample.
select plan(9);

select incident_engine.ensure_partitions(test.at('2026-02-25 00:00'), test.at('2026-03-10 00:00'));
select
    test.send(
        'active active stuck' || repeat(' stuck', 290), start => '2026-02-28 22:00', every => '30 minutes',
        device_name => d.device_name
    )
from (values ('Device 1'), ('Device 2')) as d (device_name);
select test.send('active' || repeat(' active', 290), '2026-02-28 22:00', 'Device 3', every => '30 minutes');
select incident.set_policy(sample_interval => '30 minutes', no_data_after => '2 hours');
select incident.resolve(
    test.incident_id('Device 2'), acted_at => test.at('2026-03-02 12:10'), operator => 'ada'
);
select is(
    test.incidents('Device 2'),
    array[
        'ffmpeg high resolved 2026-02-28 23:00-12:10', 'ffmpeg high open 12:30-'
    ],
    'resolved by hand, and failing again'
);
create temporary table before as
select test.incidents('Device 1') as first_device, test.incidents('Device 2') as second_device;

select incident.set_retention('2 days');
select incident.sweep(test.at('2026-03-06 12:00')) from generate_series(1, 10);
select is(
    (select array_agg(test.clock(c.oldest) order by c.device_name) from (
        select m.device_name, min(m.timestamp) as oldest from system_device_metrics as m
        group by m.device_name
    ) as c),
    array['2026-02-28 22:00', '2026-03-01 12:30', '2026-03-04 00:00'],
    'theirs stay from a day before they began, those of the healthy device are gone'
);

select test.send('active', start => '2026-03-07 05:00', device_name => d.device_name)
from (values ('Device 1'), ('Device 2')) as d (device_name);
select
    is(
        test.incidents('Device 1'),
        array['ffmpeg high resolved 2026-02-28 23:00-2026-03-07 05:00'],
        'it ends as it should'
    );
select is((test.incidents('Device 2'))[1], (select second_device[1] from before), 'the part before the cut stays');
select is((test.incidents('Device 2'))[2], 'ffmpeg high resolved 12:30-2026-03-07 05:00', 'so does the other');
select is_empty('select * from incident.rebuild()', 'folding again changes nothing');

-- Once they are over, theirs go, too.
select incident.sweep(test.at('2026-03-12 12:00')) from generate_series(1, 9);
select ok(
    (
        select min(m.timestamp) from system_device_metrics as m
        where m.device_name = 'Device 1'
    ) is null,
    'when they have been over for long enough theirs go, too'
);
select test.is_refused(
    format('select incident.reopen(%s)', test.incident_id('Device 2')), 'IN001', 'its samples are gone', 'comment',
    'and they cannot be reopened any more'
);
select test.is_sound();
select * from finish();
