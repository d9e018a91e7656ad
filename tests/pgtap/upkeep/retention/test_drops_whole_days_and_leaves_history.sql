-- Days long gone: the test's transaction takes place years after them.
select plan(11);

select incident_engine.ensure_partitions(test.at('2026-03-01 00:00'), test.at('2026-03-05 00:00'));
select test.send('active stuck stuck active', start => '2026-03-01 10:00');
select test.send('active stuck active', start => '2026-03-03 10:00');
select test.send('active stuck active', start => '2026-03-04 10:00');
insert into system_metrics (host_name, timestamp)
select 'host-1', test.at('2026-03-01 10:00') + n * interval '1 day'
from generate_series(0, 3) as n;
select incident.sweep(test.at('2026-03-04 10:30'));
create temporary table before as
select 'state' as what, s::text from incident.device_state as s
union all
select 'incident', i::text from system_incident as i
union all
select 'device', d::text from incident.device as d;

select incident.set_retention('2 days');
select is(
    (select partitions_dropped from incident.sweep(test.at('2026-03-05 12:00'))), 0, 'one round declares the days gone'
);
select is(
    (select s.samples_from from incident_engine.sweep_state as s),
    test.at('2026-03-03 00:00'),
    'whole days that are older'
);
select is(
    (select partitions_dropped from incident.sweep(test.at('2026-03-05 12:00'))), 1, 'the next one drops a day'
);
select is((select partitions_dropped from incident.sweep(test.at('2026-03-05 12:00'))), 1, 'the next another');
select is((select partitions_dropped from incident.sweep(test.at('2026-03-05 12:00'))), 0, 'and then there is none');
select is(
    (select min(m.timestamp) from system_device_metrics as m), test.at('2026-03-03 10:00'), 'samples before are gone'
);
select is(
    (select min(m.timestamp) from system_metrics as m), test.at('2026-03-02 10:00'),
    'those of hosts, too, but for the silence that was going on then'
);
select set_eq(
    $$
    select 'state' as what, s::text from incident.device_state as s
    where s.ended_at < 'infinity' or s.ffmpeg_status = 'no_data'
    union all
    select 'incident', i::text from system_incident as i
    $$,
    $$ select what, s from before where what <> 'device' $$,
    'history and incidents stay'
);
select is_empty('select * from incident.rebuild()', 'folding again changes nothing');
select is(
    (select h.partitions_to_drop from incident.health as h), 0, 'health knows'
);

select test.is_sound();
select * from finish();
