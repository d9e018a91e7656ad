select plan(3);

select test.send('stuck');
select incident.acknowledge(1);
select incident.assign(1, 'grace');
select incident.comment(1, 'well');
select incident.resolve(1);
select incident.reopen(1);
select incident.resolve(1);
select incident.close(1);

select is(
    (
        select array[acknowledged_by, resolved_by, closed_by]
        from system_incident
        where (acknowledged_at, resolved_at, closed_at) = (now(), now(), now())
    ),
    array_fill(session_user::text, array[3]),
    'in the incident'
);
select is(
    (
        select count(*) from incident.timeline
        where operator = session_user and happened_at = now()
    ), 7::bigint,
    'and in each entry of the timeline'
);

-- session_user is who logged in, also where a role has been taken on
set local role incident_operator;
select incident.comment(1, 'as an operator');
reset role;
select is(
    (
        select operator from incident.timeline
        where note = 'as an operator'
    ), session_user::text, 'whatever the role'
);

select * from finish();
