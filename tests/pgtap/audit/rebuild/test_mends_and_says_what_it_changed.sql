select plan(6);

select test.send_one_by_one('active stuck stopped active active');
select test.send('stuck', host_name => 'host-2');
select incident.sweep(test.at('10:05'));

-- somebody has been at the engine's tables
update incident.device_state
set ffmpeg_status = 'active'
where ffmpeg_status = 'stopped';
update incident.device_state
set ffmpeg_status = 'unknown'
where host_name = 'host-2' and started_at = test.at('10:00');
select isnt_empty('select * from incident.check_invariants()', 'it shows');

select results_eq(
    'select changed_host, device_name, what, was, is_now from incident.rebuild(''host-1'')',
    $$
    values (
        'host-1', 'Device 1', 'state at 2026-03-02T10:02:00.000000Z', 'active/active until 2026-03-02T10:03:00.000000Z',
        'stopped/active until 2026-03-02T10:03:00.000000Z'
    )
    $$,
    'one row for one change'
);
select isnt_empty('select * from incident.check_invariants()', 'of the host that was named');
select isnt_empty('select * from incident.rebuild()', 'or of all');
select is_empty('select * from incident.rebuild()', 'after which nothing is left to do');

select test.is_sound();
select * from finish();
