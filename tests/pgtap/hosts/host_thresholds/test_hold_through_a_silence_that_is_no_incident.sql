select plan(6);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set cpu_samples = 1;

select test.send_host('96');
select incident.sweep(test.at('10:05'));
select is((select h.status from incident.host as h), 'new', 'a new host, too busy, then silent');
select is(test.incidents('host-1'), array['system medium open 10:00-'], 'it is too busy still');
select test.send_host('97', '10:10');
select is(test.incidents('host-1'), array['system medium open 10:00-'], 'and when it is back');
select test.send_host('98 ?', '10:05');
select results_eq(
    $$ select started_at, ended_at from incident.host_condition where cause = 'silent' order by started_at $$,
    $$ values (test.at('10:01'), test.at('10:05')), (test.at('10:07'), test.at('10:10')) $$,
    'rows of the same kind that come late split the silence'
);
select test.send_host('10', '10:11');
select
    is(
        test.incidents('host-1'), array['system medium resolved 10:00-10:11'], 'over with the first row below the limit'
    );

select test.is_sound();
select * from finish();
