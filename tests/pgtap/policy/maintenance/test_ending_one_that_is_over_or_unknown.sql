select plan(6);

set local time zone 'UTC';
select incident.add_maintenance('host-1', test.at('10:00'), test.at('11:00'), 'over', operator => 'ada');
select results_eq(
    'select * from incident.end_maintenance(1)',
    $$ values (1::bigint, 'over', 'host-1', '2026-03-02 10:00', '2026-03-02 11:00', 'over') $$,
    'one that is over stays so, a line says'
);
select is(
    (incident.end_maintenance(1, test.at('10:30'), 'bo')).ends, '2026-03-02 10:30', 'it turns out to have ended earlier'
);
select is((incident.end_maintenance(1, test.at('10:40'), 'cy')).ends, '2026-03-02 10:30', 'but not later');
select test.is_refused(
    'select incident.end_maintenance(99)', 'IN002', 'there is no maintenance 99', 'maintenance_now', 'an unknown one'
);
select test.is_refused('select incident.end_maintenance(1, ''infinity'')', '22023', 'infinity', 'now', 'at no time');
select test.is_refused('select incident.end_maintenance(1, operator => '''')', '22004', 'operator', null, 'by nobody');

select * from finish();
