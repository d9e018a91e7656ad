select plan(6);

create temporary view standing as
select count(*) filter (where not isempty(effective_period)) as windows from incident.maintenance;

select series_id from incident.add_recurring_maintenance(
        'host-1', '{mon,tue,wed,thu,fri,sat,sun}', '02:00', '1 hour', 'UTC', 'backup'
    );
select is((select windows from standing) between 13 and 15, true, 'every night, two weeks ahead');
select incident.end_recurring_maintenance(1, date_trunc('day', now(), 'UTC') + interval '30 days');
select maintenance_planned from incident.sweep(now() + interval '10 days');
select maintenance_planned from incident.sweep(now() + interval '20 days');
select maintenance_planned from incident.sweep(now() + interval '40 days');
select is((select windows from standing) between 29 and 30, true, 'it goes on until its end in 30 days');
select is(
    (
        select max(lower(effective_period)) < date_trunc('day', now(), 'UTC') + interval '30 days'
        from incident.maintenance
    ),
    true, 'and not longer'
);

select incident.end_recurring_maintenance(1, date_trunc('day', now(), 'UTC') + interval '5 days', 'ada');
select is((select windows from standing) between 4 and 5, true, 'an end that has not come can be moved to be earlier');
select incident.end_recurring_maintenance(1, date_trunc('day', now(), 'UTC') + interval '10 days', 'ada');
select is((select windows from standing) between 9 and 10, true, 'or later');
select incident.end_recurring_maintenance(1, 'infinity');
select is(
    (
        select ended_at is null and ended_by is null and planned_to > now() + interval '12 days'
        from incident.recurring_maintenance
    ),
    true, 'or taken back'
);

select * from finish();
