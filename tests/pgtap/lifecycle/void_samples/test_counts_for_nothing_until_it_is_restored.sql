select plan(8);

select test.send('active active stopped stopped active active stuck active');
select test.send('active active', device_name => 'Device 2');
select incident.comment(1, 'what is that?', operator => 'ana');
create temporary table before as
select
    test.history() as history, test.history('Device 2') as other,
    (select count(*) from system_device_metrics) as samples;

select isnt_empty(
    $$
    select v.void_id
    from incident.void_samples(
        'host-1', 'Device 1', tstzrange(test.at('10:02'), test.at('10:04')), 'somebody tried the alarm', operator => 'ana'
    ) as v
    $$,
    'returns what was recorded'
);
select is(
    test.incidents(),
    array['ffmpeg critical resolved 10:02-10:04 retracted', 'ffmpeg high resolved 10:06-10:07'],
    'the incident never was, the later one stands'
);
select is(test.history('Device 2'), (select b.other from before as b), 'other devices are as they were');
select is((select count(*) from system_device_metrics), (select b.samples from before as b), 'all samples stay');
select is_empty('select * from incident.check_invariants()', 'and it is consistent');
select is_empty('select * from incident.rebuild()', 'a rebuild agrees');

select incident.restore_samples(v.void_id, 'it was no try', operator => 'ben') from incident.void_period as v;
select is(test.history(), (select b.history from before as b), 'restored, history is as it was');
select is(
    test.incidents(),
    array['ffmpeg critical resolved 10:02-10:04', 'ffmpeg high resolved 10:06-10:07'],
    'and so are the incidents; one that somebody worked on has its number again'
);

select * from finish();
