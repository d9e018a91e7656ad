-- Europe/Berlin puts its clocks forward on 29 March 2026 at 02:00 (a day of 23 hours), back on 25 October at 03:00 (25 hours).
select plan(7);

create function test.berlin(start time, duration interval, from_date date, days integer default 1) returns text[]
language sql stable
return (
    select
        array_agg(
            to_char(lower(o.period) at time zone 'UTC', 'DD HH24:MI') || ' '
            || extract(epoch from upper(o.period) - lower(o.period))::integer / 3600 || 'h'
            order by o.period
        )
    from incident_engine.maintenance_occurrences(
            (
                'host-1',
                1,
                null,
                null,
                array['sunday', 'saturday'],
                start,
                duration,
                'Europe/Berlin',
                '2020-01-01',
                null,
                'x', 'x', now(), null, null, '2020-01-01'
            )::incident.recurring_maintenance,
            from_date, from_date + days
        ) as o
);

select is(
    test.berlin('04:00', '2 hours', '2026-03-28', 2), array['28 03:00 2h', '29 02:00 2h'],
    'at four by the local clock, before and after it is put forward'
);
select is(
    test.berlin('02:30', '1 hour', '2026-03-29'), array['29 01:30 1h'],
    'a start that the clock skips comes an hour later by it: 03:30 in summer time'
);
select is(
    test.berlin('02:30', '1 hour', '2026-10-25'), array['25 00:30 1h'],
    'a start that it shows twice is the first: 02:30 in summer time'
);
select is(
    test.berlin('22:00', '8 hours', '2026-10-24'), array['24 20:00 8h'], 'hours are time that passes'
);
select is(
    test.berlin('12:00', '1 day', '2026-10-24'), array['24 10:00 25h'],
    'a day lasts until the same local time, here 25 hours'
);
select is(
    test.berlin('12:00', '1 day', '2026-03-28'), array['28 11:00 23h'], 'there 23'
);
select is(
    test.berlin('00:00', '1 day', '2026-03-28', 2), array['27 23:00 24h', '28 23:00 23h'],
    'whole days meet without a hole'
);

select * from finish();
