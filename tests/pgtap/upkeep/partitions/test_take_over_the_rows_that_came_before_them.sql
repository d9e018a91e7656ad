select plan(8);

select test.send_one_by_one('active stuck stopped active', '2026-03-01 23:58');
select test.send('active', '2026-03-04 10:00');
create temporary table before_them as
select s.tableoid::regclass::text as partition, s as sample from system_device_metrics as s;
create temporary table told as
select i::text as row_text from system_incident as i
union all
select t::text from incident.timeline as t
union all
select s::text from incident.device_state as s;
select is(
    (select array_agg(distinct partition) from before_them), array['system_device_metrics_default'],
    'without a partition rows wait in the default one'
);

select is(incident_engine.ensure_partition('2026-03-02'), true, 'it is made');
select is(incident_engine.ensure_partition('2026-03-02'), false, 'once');
select results_eq(
    'select tableoid::regclass::text, count(*) from system_device_metrics group by 1 order by 1',
    $$ values ('system_device_metrics_20260302', 2::bigint), ('system_device_metrics_default', 3::bigint) $$,
    'it holds the rows of its day'
);
select set_eq(
    'select s from system_device_metrics as s', 'select sample from before_them', 'none is lost or changed'
);
select set_eq(
    'select i::text from system_incident as i union all select t::text from incident.timeline as t
    union all select s::text from incident.device_state as s',
    'select row_text from told',
    'incidents and history do not notice'
);
select test.send('stuck', '2026-03-02 00:03');
select is(
    test.incidents(),
    array['ffmpeg critical resolved 2026-03-01 23:59-00:01', 'ffmpeg high resolved 00:03-2026-03-04 10:00'],
    'rows go on to be folded'
);

select incident.sweep(test.at('2026-03-04 10:01'));
select test.is_sound();
select * from finish();
