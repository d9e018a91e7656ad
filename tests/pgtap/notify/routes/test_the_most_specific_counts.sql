select plan(10);
select incident.set_contact(c.name) from unnest(array['any', 'studio', 'one', 'device', 'system', 'night']) as c (name);
select incident.set_escalation_step(c.name, 1, c.name)
from unnest(array['any', 'studio', 'one', 'device', 'system', 'night']) as c (name);
create function pg_temp.told(
    host_name text, device_name text default null, component text default 'ffmpeg', severity text default 'critical',
    at text default '12:00'
) returns text
language sql
as $$
select r.contact from incident.route_for(
    told.host_name, told.device_name, told.component, told.severity, test.at(told.at)
) as r where r.counts
$$;

select is(pg_temp.told('studio-1'), 'default', 'out of the box all go to default');
select incident.add_route('any', at_least => 'high');
select is(pg_temp.told('studio-1'), 'any', 'a severity is more than none');
select is(pg_temp.told('studio-1', severity => 'medium'), 'default', 'where it is reached');
select incident.add_route('system', component => 'system');
select is(pg_temp.told('studio-1', component => 'system'), 'system', 'a component more than a severity');
select incident.add_route('studio', host_pattern => 'studio-*');
select is(pg_temp.told('studio-1', component => 'system'), 'studio', 'a pattern of hosts more than that');
select incident.add_route('one', host_pattern => 'studio-1');
select is(pg_temp.told('studio-1') || pg_temp.told('studio-10'), 'onestudio', 'a host''s name more than a pattern');
select incident.add_route('device', device_name => 'Camera');
select is(pg_temp.told('studio-1', 'Camera'), 'device', 'a device most of all');
select incident.add_route(
    'night', host_pattern => 'studio-1', local_from => '20:00', local_to => '06:00', time_zone => 'Europe/Berlin'
);
select is(
    array[
        pg_temp.told('studio-1', at => '18:59'), pg_temp.told('studio-1', at => '19:00'),
        pg_temp.told('studio-1', at => '04:59'), pg_temp.told('studio-1', at => '05:00')
    ], array['one', 'night', 'night', 'one'], 'hours are those of the local clock, past midnight too'
);
select results_eq(
    $$ select r.counts, r.because from incident.route_for('studio-1', 'Camera', at => test.at('12:00')) as r $$,
    $$
    values
    (true, 'device Camera'), (false, 'host studio-1'), (false, 'host studio-*'), (false, 'high or worse'),
    (false, 'it fits everything')
    $$,
    'route_for says what else would have fitted'
);

-- % and _ of LIKE are letters here.
select incident.add_route('night', host_pattern => 'a_b%');
select
    is(array[pg_temp.told('a_b%'), pg_temp.told('axbc')], array['night', 'any'], 'only * stands for other characters');
select * from finish();
