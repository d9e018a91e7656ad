select plan(9);

create function test.added(reason text, device_name text default null) returns bigint
language sql
return (
    incident.add_maintenance(
        'host-1', test.at('10:00'), test.at('11:00'), reason, device_name, 'folder of ' || device_name
    )
).id;
create function test.series(duration interval, valid_from date default null) returns bigint
language sql
return (
    incident.add_recurring_maintenance(
        'host-1', '{sun,mon}', '02:30', duration, 'Europe/Berlin', 'backups', valid_from
    )
).series_id;

select is(test.added('new disk'), 1::bigint, 'planned');
select is(test.added('new disk'), 1::bigint, 'the same again is the same');
select is(test.added('new disk', 'Device 1'), 2::bigint, 'that of a device is another');
select is(test.added('new cable'), 3::bigint, 'for another reason, too');
select incident.end_maintenance(1, test.at('10:30'));
select is(test.added('new disk'), 4::bigint, 'one that was ended is not the same');

select is(test.series('1 hour'), 1::bigint, 'a series');
select is(test.series('1 hour'), 1::bigint, 'the same again is the same');
select is(test.series('2 hours'), 2::bigint, 'another duration is another');
select incident.end_recurring_maintenance(1);
select is(test.series('1 hour'), 3::bigint, 'one that was ended is not the same');

select * from finish();
