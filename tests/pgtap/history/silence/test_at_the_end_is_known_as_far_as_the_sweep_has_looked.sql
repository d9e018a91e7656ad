select plan(6);

select test.send('active');
select incident.sweep(test.at('10:02:59.999999'));
select is(test.history(), array['10:00 active/active'], 'not yet');

select incident.sweep(test.at('10:03'));
select
    is(test.history(), array['10:00 active/active', '10:01 no_data/no_data'], 'silent since a minute after its sample');
select results_eq(
    'select ffmpeg_status, monitor_status, state_started_at from incident.device',
    $$ values ('no_data', 'no_data', test.at('10:01')) $$, 'the device shows it'
);

select incident.sweep(test.at('10:20'));
select is(test.history(), array['10:00 active/active', '10:01 no_data/no_data'], 'and it goes on');

select test.send('active', '10:30');
select is(
    test.history(), array['10:00 active/active', '10:01 no_data/no_data', '10:30 active/active'],
    'until the device reports again'
);

select test.is_sound();
select * from finish();
