select plan(11);

select incident.add_maintenance('host-1', now() - interval '1 hour', now() + interval '1 hour', 'new disk');
create function test.period() returns text
language sql stable
return (
    select (upper(m.effective_period) - now())::text || coalesce(' ended by ' || m.ended_by, '')
    from incident.maintenance as m
);

select is(
    (select e.state from incident.extend_maintenance(1, now() + interval '2 hours', 'ana') as e), 'under way',
    'a line says so'
);
select is(test.period(), '02:00:00', 'it ends later');
select lives_ok('select incident.extend_maintenance(1, now() + interval ''2 hours'')', 'twice is once');
select is((select m.extended_by from incident.maintenance as m), 'ana', 'and by who did it first');
select test.is_refused(
    $$ select incident.extend_maintenance(1, now() + interval '1 hour') $$, '22023', 'lasts longer than',
    'end_maintenance\(1', 'an earlier end is no extension'
);
select incident.end_maintenance(1, now() + interval '3 minutes', 'ben');
select incident.extend_maintenance(1, now() + interval '1 hour');
select is(test.period(), '01:00:00', 'an early end that has not come is taken back');
select test.is_refused(
    'select incident.extend_maintenance(1, ''infinity'')', '22023', 'until must be a moment', 'generous', 'for ever'
);
select test.is_refused(
    'select incident.extend_maintenance(7, now())', 'IN002', 'there is no maintenance 7', 'maintenance_now', 'unknown'
);
select incident.end_maintenance(1);
select test.is_refused(
    $$ select incident.extend_maintenance(1, now() + interval '1 hour') $$, 'IN001', 'maintenance 1 is over',
    'add_maintenance', 'what is over stays so'
);

select incident.add_maintenance('host-2', now(), now() + interval '1 minute', 'new cable');
select test.send('active stopped', host_name => 'host-2');
select incident.extend_maintenance(2, now() + interval '1 hour');
select incident.sweep(now() + interval '30 minutes');
select is_empty('select * from incident.announced where host_name = ''host-2''', 'nobody is told until it ends');
select incident.sweep(now() + interval '61 minutes');
select isnt(
    (
        select i.announced_at from system_incident as i
        where i.host_name = 'host-2'
    ), null, 'then people are'
);

select * from finish();
