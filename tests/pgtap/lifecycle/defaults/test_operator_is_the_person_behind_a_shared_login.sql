select plan(5);

select test.send('stuck');
select is(incident.current_operator(), session_user::text, 'the login, where nothing else is said');
select set_config('request.jwt.claims', '{"role": "authenticated", "sub": "7", "email": "ada@site"}', true);
select incident.acknowledge(1);
select results_eq(
    'select acknowledged_by from system_incident', array['ada@site'], 'the person of the token of PostgREST'
);
select set_config('request.jwt.claims', '{no JSON', true);
select is(incident.current_operator(), session_user::text, 'what is no token is nobody');
select set_config('incident.operator', 'grace', true);
select incident.comment(1, 'on it, too');
select results_eq(
    'select operator, recorded_by = session_user from incident.timeline where event = ''commented''',
    'values (''grace'', true)',
    'what the session says, with the login beside it'
);
select incident.comment(1, 'and I', operator => 'ben');
select results_eq(
    'select operator from incident.timeline where note = ''and I''', array['ben'], 'what is said in the call goes first'
);

select * from finish();
