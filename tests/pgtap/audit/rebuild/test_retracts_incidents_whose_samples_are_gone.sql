select plan(4);

select test.send_one_by_one('active stuck active stuck active');
-- a wrong host clock, say, whose rows the owner has removed
alter table system_device_metrics disable trigger user;
alter table system_device_metrics_default disable trigger samples_are_immutable;
delete from system_device_metrics
where timestamp = test.at('10:01');
alter table system_device_metrics enable trigger user;
alter table system_device_metrics_default enable trigger samples_are_immutable;

select results_eq(
    $$ select what, is_now from incident.rebuild('host-1') where what ~ 'incident' $$,
    $$
    values (
        'incident 1',
        'ffmpeg high, resolved, from 2026-03-02T10:01:00.000000Z to 2026-03-02T10:02:00.000000Z, retracted'
    )
    $$,
    'the incident never was'
);
select is(
    test.timeline(1),
    array[
        '10:01 detected high by engine', '10:02 resolved open -> resolved by engine',
        'now retracted resolved -> resolved by engine: it never was, by a rebuild'
    ],
    'it is kept, and its timeline says so'
);
select is(
    (select array_agg(incident_id) from incident.recent), array[2::bigint], 'and left out of what people see'
);

select test.is_sound();
select * from finish();
