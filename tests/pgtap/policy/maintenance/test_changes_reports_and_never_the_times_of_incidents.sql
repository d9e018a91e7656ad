select plan(5);

select test.send('active stuck stuck stuck active active active active active active active', every => '1 minute');
create temporary table before as select * from system_incident;
select incident.add_maintenance('host-1', test.at('10:02'), test.at('10:08'), 'afterwards');
select results_eq('select * from system_incident', 'select * from before', 'incidents stay as they are');
select results_eq(
    $$ select down_seconds::integer, maintenance_seconds::integer
    from incident.availability(test.at('10:00'), test.at('10:10')) $$,
    'values (60, 360)', 'six minutes leave the denominator'
);
select incident.end_maintenance(1, test.at('10:03'));
select results_eq(
    $$ select down_seconds::integer, maintenance_seconds::integer
    from incident.availability(test.at('10:00'), test.at('10:10')) $$,
    'values (120, 60)', 'of which five come back when it ended earlier'
);
select incident.end_maintenance(1, test.at('09:00'));
select results_eq(
    $$ select down_seconds::integer, maintenance_seconds::integer
    from incident.availability(test.at('10:00'), test.at('10:10')) $$,
    'values (180, 0)', 'and all when it was called off'
);
select results_eq('select * from system_incident', 'select * from before', 'the incident knows nothing of it');

select * from finish();
