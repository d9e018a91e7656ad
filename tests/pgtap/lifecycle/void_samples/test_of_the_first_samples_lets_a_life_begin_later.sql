select plan(5);

select test.send('stopped', start => '2026-01-01 00:00');
select test.send('active active active');
select isnt(
    (select d.first_sample_at from incident.device as d), test.at('10:00'), 'a dead clock: the life began in January'
);
select incident.void_samples('host-1', 'Device 1', tstzrange(null, test.at('2026-02-01 00:00')), 'dead clock');
select is(
    (select d.first_sample_at from incident.device as d), test.at('10:00'), 'now with the first sample that counts'
);
select is(test.history(), array['10:00 active/active'], 'so does the history');
select is(
    test.incidents(), array['ffmpeg critical resolved 2026-01-01 00:00-10:00 retracted'], 'the incident never was'
);
select is_empty('select * from incident.check_invariants()', 'and it is consistent');

select * from finish();
