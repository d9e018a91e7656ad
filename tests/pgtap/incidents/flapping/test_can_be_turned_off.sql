select plan(5);

update incident.policy set flapping_start_percent = 'infinity';
select test.send_one_by_one('active stuck active stuck active stuck active stuck active');
select is(cardinality(test.incidents()), 4, 'infinity: never');

update incident.policy set flapping_start_percent = 30;
select is(cardinality(test.incidents()), 4, 'policy changes what comes');
select isnt_empty('select * from incident.rebuild()', 'and, by a rebuild, what was');
select is(
    (select array_agg(test.clock(flapping_since)) from incident.active), array['10:06'],
    'as if it had been the policy all along'
);

select test.is_sound();
select * from finish();
