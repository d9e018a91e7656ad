select plan(5);

create function test.wins(setting text, variadic scope text[]) returns text
language sql stable
return (
    select concat_ws(' from ', p.value, p.comes_from)
    from incident.policy_for(scope[1], scope[2], scope[3], scope[4]) as p
    where p.setting = wins.setting
);

select incident.set_policy('host-1', no_data_after => '10 minutes', open_after => '1 minute');
select incident.set_policy(component => 'ffmpeg', open_after => '2 minutes', sla_target => 98);
select incident.set_policy('host-1', 'Device 1', 'a', open_after => '3 minutes');
select incident.set_policy('host-1', 'Device 1', 'a', 'ffmpeg', open_after => '4 minutes');

select results_eq(
    $$ select setting, value, comes_from from incident.policy_for() where setting in ('sla_target', 'close_after') $$,
    $$ values ('sla_target', '99.0', 'default'), ('close_after', null, null) $$,
    'the default, and what nobody has set'
);
select is(
    test.wins('open_after', 'host-1', 'Device 1', 'a', 'ffmpeg'),
    '00:04:00 from component ffmpeg of device Device 1 (a) of host host-1', 'the most specific'
);
select is(
    test.wins('open_after', 'host-1', 'Device 1', 'a', 'monitor'), '00:03:00 from device Device 1 (a) of host host-1',
    'device before host'
);
select is(
    test.wins('open_after', 'host-1', 'Device 2', 'a', 'ffmpeg'), '00:01:00 from host host-1',
    'host before component'
);
select is(
    test.wins('sla_target', 'host-2', 'Device 2', 'a', 'ffmpeg'), '98 from component ffmpeg', 'value by value'
);

select * from finish();
