select plan(12);

select test.send('stopped', device_name => 'Device ' || n) from generate_series(1, 3) as n;
create function test.states(call text) returns text[]
language plpgsql
as $$
declare
    states text[];
begin
    execute format('select array_agg(distinct b.state || '' '' || b.who) from incident.%s as b', call) into states;
    return states;
end
$$;
select is(test.states(t.call), t.states, t.call)
from (
    values
    ('acknowledge(array[1, 2, 3], operator => ''ana'')', array['in_progress ana']),
    ('unacknowledge(array[1, 2, 3])', array['open nobody']),
    ('assign(array[1, 2, 3], ''ben'')', array['open ben']),
    ('comment(array[1, 2, 3], ''all of them'')', array['open ben']),
    ('unassign(array[1, 2, 3])', array['open nobody']),
    ('snooze(array[1, 2, 3], now() + interval ''1 hour'')', array['snoozed nobody']),
    ('snooze(array[1, 2, 3], now())', array['open nobody']),
    ('resolve(array[1, 2, 3], ''back'', ''hub'', ''ana'')', array['resolved ana']),
    ('close(array[1, 2, 3], operator => ''ana'')', array['closed ana']),
    ('amend(array[1, 2, 3], root_cause => ''plug'')', array['closed ana']),
    ('reopen(array[1, 2, 3])', array['open nobody'])
) as t (call, states);

select test.is_sound();
select * from finish();
