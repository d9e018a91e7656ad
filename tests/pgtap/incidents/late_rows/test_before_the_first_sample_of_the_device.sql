select plan(4);

select test.send('active', '10:05');
select test.send('stuck', '10:03');
select is(test.history(), array['10:03 stuck/active', '10:05 active/active'], 'the history begins earlier');
select is(test.incidents(), array['ffmpeg high resolved 10:03-10:05'], 'with an incident');
select results_eq(
    'select first_sample_at, state_started_at from incident.device', $$ values (test.at('10:03'), test.at('10:05')) $$,
    'the device knows when its life began'
);

select test.is_sound();
select * from finish();
