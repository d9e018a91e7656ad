select plan(7);

select incident_engine.ensure_partitions(test.at('2026-03-01 00:00'), test.at('2026-03-05 00:00'));
select test.send('active stuck stuck active', start => '2026-03-01 10:00');
select test.send('active stuck active', start => '2026-03-04 10:00');
select incident.sweep(test.at('2026-03-04 10:30'));
select incident.set_retention('2 days');
select incident.sweep(test.at('2026-03-05 12:00'));
select incident.sweep(test.at('2026-03-05 12:00'));
create temporary table before as
select test.history() as history, test.incidents() as incidents;

select test.send('stopped active stopped', start => '2026-03-01 10:02:30');
select test.send('stopped', start => '2026-03-02 23:59:59.999');
select
    is((
        select count(*) from system_device_metrics
        where timestamp < test.at('2026-03-03 00:00')
    ), 4::bigint, 'stored');
select is(test.history(), (select history from before), 'and they change no history');
select is(test.incidents(), (select incidents from before), 'nor incidents');
select test.send('stopped', start => '2026-03-01 10:00', device_name => 'Device 2');
select is(test.history('Device 2'), null, 'and make no device known');

select test.send('stopped active', start => '2026-03-03 00:00');
select is(
    (test.incidents())[2], 'ffmpeg critical resolved 2026-03-03 00:00-2026-03-03 00:01',
    'the first moment of a day that is kept counts'
);
select is_empty('select * from incident.rebuild()', 'folding again agrees');
select test.is_sound();
select * from finish();
