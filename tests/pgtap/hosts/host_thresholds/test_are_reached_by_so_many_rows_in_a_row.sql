select plan(9);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set cpu_samples = 3;

select test.send_host('50 95 96');
select is(test.incidents('host-1'), '{}', 'two rows at the limit are not three');
select test.send_host('97', '10:03');
select is(test.incidents('host-1'), array['system medium open 10:01-'], 'three are: over it since the first');
select results_eq(
    'select reason, description, severity from system_incident',
    $$ values ('cpu 95 % (limit 95)', 'host host-1 over its limits', 'medium') $$, 'the incident says of what'
);
select test.send_host('? NaN', '10:04');
select is(test.incidents('host-1'), array['system medium open 10:01-'], 'rows that could not tell end nothing');
select test.send_host('94.99', '10:06');
select is(test.incidents('host-1'), array['system medium resolved 10:01-10:06'], 'one below the limit does');

select test.send_host('99 99 ? 94 99 99', '10:10');
select is(test.incidents('host-1'), array['system medium resolved 10:01-10:06'], 'interrupted rows do not add up');
select test.send_host('? 99', '10:16');
select is(
    test.incidents('host-1'), array['system medium resolved 10:01-10:06', 'system medium open 10:14-'],
    'but rows that could not tell do not interrupt'
);
select results_eq(
    $$ select started_at, nullif(ended_at, 'infinity'), value, limit_value from incident.host_condition
    where cause = 'cpu' order by started_at $$,
    $$ values (test.at('10:01'), test.at('10:06'), 95::numeric, 95::numeric), (test.at('10:14'), null, 99, 95) $$,
    'the history of the host'
);

select test.is_sound();
select * from finish();
