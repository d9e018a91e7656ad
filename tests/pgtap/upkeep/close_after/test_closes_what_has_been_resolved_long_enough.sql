select plan(9);

select test.send('active stuck active');
select test.send('active stuck active', device_name => 'Device 2');
select test.send('active stuck', device_name => 'Device 3');
select is((select incidents_closed from incident.sweep(test.at('10:10'))), 0, 'by default none is closed');
select is((select incidents_closed from incident.sweep(now())), 0, 'however long ago');

select incident.set_policy('host-1', close_after => '7 days');
select incident.set_policy('host-1', 'Device 2', 'folder of Device 2', close_after => '1 day');
update incident_engine.sweep_state set swept_to = '2026-03-02 10:10+00';
select is((select incidents_closed from incident.sweep(test.at('2026-03-03 10:01:59'))), 0, 'not a second early');
select
    is((select incidents_closed from incident.sweep(test.at('2026-03-03 10:02:00'))), 1, 'after a day, one device''s');
select is(
    test.timeline(test.incident_id('Device 2')),
    array[
        '10:01 detected high by engine', '10:02 resolved open -> resolved by engine',
        '2026-03-03 10:02 closed resolved -> closed by engine: closed by policy, resolved for 1 day'
    ],
    'the timeline says why'
);
select
    is((select incidents_closed from incident.sweep(test.at('2026-03-09 10:02:00'))), 1, 'after a week, the other''s');
select is((select incidents_closed from incident.sweep(test.at('2026-03-09 10:02:00'))), 0, 'once');
select is(
    (
        select array_agg(i.status order by i.device_name) from system_incident as i
        where i.component = 'ffmpeg'
    ),
    array['closed', 'closed', 'open'], 'what is active is left alone'
);

select test.is_sound();
select * from finish();
