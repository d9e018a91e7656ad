select plan(5);

select results_eq(
    $$ select host_name, sample_interval, no_data_after, sla_target
    from incident.set_policy('host-1', sample_interval => '5 minutes', no_data_after => '15 minutes') $$,
    $$ values ('host-1', interval '5 minutes', interval '15 minutes', null::numeric) $$,
    'a scope that had none gets a row'
);
select results_eq(
    $$ select sample_interval, no_data_after, sla_target from incident.set_policy('host-1', sla_target => 99.9) $$,
    $$ values (interval '5 minutes', interval '15 minutes', 99.9) $$,
    'what is not named stays as it is'
);
select results_eq(
    $$ select component, open_after from incident.set_policy(component => 'ffmpeg', open_after => '2 minutes') $$,
    $$ values ('ffmpeg', interval '2 minutes') $$,
    'a component of any device'
);
select results_eq(
    $$ select cpu_percent_limit, temperature_samples, close_after
    from incident.set_policy(cpu_percent_limit => 'infinity', temperature_samples => 7, close_after => '14 days') $$,
    $$ values ('infinity'::numeric, 7, interval '14 days') $$,
    'the default'
);
select results_eq(
    'select count(*) from incident.policy', 'values (3::bigint)', 'one row a scope'
);

select * from finish();
