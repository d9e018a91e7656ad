select plan(8);

create function test.refuses(arguments text, broken text, hint text, description text) returns text
language sql
return test.is_refused(
    'select incident.add_recurring_maintenance(' || arguments || ')', '22023', broken, hint, description
);

select test.refuses($$'h', '{caturday}', '02:00', '1 hour', 'UTC', 'x'$$, 'caturday', 'sunday', 'no day of the week');
select test.refuses($$'h', '{}', '02:00', '1 hour', 'UTC', 'x'$$, 'weekdays', 'sunday', 'no days');
select test.refuses($$'h', null, '02:00', '1 hour', 'UTC', 'x'$$, 'null', 'sunday', 'null for days');
select
    test.refuses($$'h', '{sun}', '02:00', '1 hour', 'Mars/Base', 'x'$$, 'Mars/Base', 'Europe/Berlin', 'no time zone');
select test.refuses($$'h', '{sun}', '02:00', '-1 hour', 'UTC', 'x'$$, '-01:00:00', 'duration', 'negative duration');
select test.refuses($$'h', '{sun}', '02:00', '8 days', 'UTC', 'x'$$, '8 days', 'duration', 'more than a week');
select test.refuses(
    $$'h', '{sun}', '02:00', '1 hour', 'UTC', 'x', valid_until => '2020-01-01'$$,
    '2020-01-01',
    'valid_from',
    'over already'
);
select test.refuses(
    $$'h', '{sun}', '02:00', '1 hour', 'UTC', 'x', device_name => 'Device 1'$$,
    'go together',
    'all devices',
    'half a device'
);

select * from finish();
