select plan(5);

alter table system_incident add constraint disk_is_full check (host_name <> 'host-1') not valid;
select test.send('active stuck');
select test.send('stuck', host_name => 'host-2');
select is((select count(*) from system_device_metrics), 3::bigint, 'every row is stored');
select is(
    test.incidents() || test.incidents(host_name => 'host-2'),
    array['ffmpeg high open 10:00-'],
    'the other host is fine'
);
select results_eq(
    $$
    select host_name, sqlstate, message ~ 'disk_is_full', detail ~ 'host-1', context ~ 'open_incidents', attempts,
        occurred_at, repaired_at
    from incident_engine.error
    $$,
    $$ values ('host-1', '23514', true, true, true, 0, now(), null::timestamptz) $$,
    'SQLSTATE, message, detail, and where in the code it was'
);
select set_eq(
    $$
    select t.device_name, t.capture_folder, t.from_time, t.to_time
    from incident_engine.error as e
    cross join jsonb_populate_recordset(null::incident_engine.touch, e.touched) as t
    $$,
    $$
    values
    ('Device 1', 'folder of Device 1', test.at('10:00'), test.at('10:01'))
    $$,
    'and whose samples are to be folded again'
);
select results_eq(
    'select rule, host_name from incident.check_invariants() where rule ~ ''waits''',
    $$ values ('no engine error waits for repair', 'host-1') $$,
    'check_invariants() tells of it'
);

select * from finish();
