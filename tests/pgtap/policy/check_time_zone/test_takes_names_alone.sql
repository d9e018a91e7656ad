-- An offset is read the other way round by PostgreSQL, an abbreviation knows no summer time: neither says what people mean.
select plan(15);

select ok(incident_engine.check_time_zone(z.name), format('%s is a time zone', z.name))
from (
    values ('Europe/Berlin'), ('America/Argentina/Buenos_Aires'), ('America/Port-au-Prince'), ('UTC'), ('utc')
) as z (name);

select
    throws_ok(
        format('select incident_engine.check_time_zone(%L)', z.name), '22023',
        format('time zone %s is not known as the name of a place', quote_literal(z.name)), format('%s is none', z.name)
    )
from (values ('+05:45'), ('Etc/GMT+5'), ('-3'), ('UTC+3'), ('PST'), ('Mars/Base'), ('Europe/'), ('')) as z (name);

select throws_ok(
    $$ select incident.add_recurring_maintenance('host-1', '{sun}', '02:00', '1 hour', '+05:45', 'updates') $$, '22023',
    'time zone ''+05:45'' is not known as the name of a place', 'recurring maintenance goes by the same rule'
);
select throws_ok(
    $$ select * from incident.availability_by(bucket => 'day', time_zone => 'UTC+3') $$, '22023',
    'time zone ''UTC+3'' is not known as the name of a place', 'and so do reports'
);

select * from finish();
