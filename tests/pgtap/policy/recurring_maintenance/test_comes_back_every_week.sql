select plan(11);

-- 2026-03-02 is a Monday; the times of the test's transaction come later.
select incident.add_recurring_maintenance(
    'host-1',
    '{Mon,thursday}',
    '02:00',
    '90 minutes',
    'UTC',
    'backups',
    valid_from => (now() at time zone 'UTC')::date - 28
);
select results_eq(
    'select weekdays, series_id from incident.recurring_maintenance',
    $$ values (array['monday', 'thursday'], 1::bigint) $$,
    'days of the week by their names'
);
select is((select count(*) from incident.maintenance), 12::bigint, 'two a week, four weeks back and two ahead');
select is_empty(
    $$ select from incident.maintenance as m
    where
        extract(isodow from lower(m.period) at time zone 'UTC') not in (1, 4)
        or (lower(m.period) at time zone 'UTC')::time <> '02:00'
        or upper(m.period) - lower(m.period) <> '90 minutes'
        or m.series_id <> 1 $$,
    'all as planned'
);

select is((select maintenance_planned from incident.sweep()), 0, 'nothing new today');
select is((select maintenance_planned from incident.sweep(now() + interval '7 days')), 2, 'two more in a week');
select is((select maintenance_planned from incident.sweep(now() + interval '7 days')), 0, 'and not again');

-- ending the series
create temporary table under_way as
select m.maintenance_id, m.period from incident.maintenance as m
order by m.period desc limit 1;
select incident.end_recurring_maintenance(1, (select lower(u.period) + interval '1 minute' from under_way as u), 'ada');
select is_empty('select from incident.maintenance where ended_at is not null', 'what has begun by then goes on');
select incident.end_recurring_maintenance(1, (select lower(u.period) from under_way as u), 'ada');
select results_eq(
    'select maintenance_id, isempty(effective_period) from incident.maintenance where ended_at is not null',
    'select maintenance_id, true from under_way', 'what begins at that moment or later is called off'
);
select
    is((select maintenance_planned from incident.sweep(now() + interval '21 days')), 0, 'nothing is planned any more');
select test.is_refused(
    'select incident.end_recurring_maintenance(2)',
    'IN002',
    'there is no recurring maintenance 2',
    'lists',
    'an unknown one'
);

-- one that ends by itself
select incident.add_recurring_maintenance(
    'host-2', '{monday}', '02:00', '1 hour', 'UTC', 'x', valid_from => '2026-03-02', valid_until => '2026-03-16'
);
select is(
    (
        select array_agg(test.clock(lower(m.period)) order by m.period) from incident.maintenance as m
        where m.series_id = 2
    ),
    array['02:00', '2026-03-09 02:00', '2026-03-16 02:00'], 'the last day counts'
);

select * from finish();
