select plan(4);

insert into system_metrics (host_name, timestamp, agent)
select 'host-1', now() - interval '40 minutes' - n * interval '1 minute', '{"clock_offset_seconds": -2400}'
from generate_series(0, 2) as n;
insert into system_metrics (host_name, timestamp, agent)
select 'host-2', now() - interval '40 minutes' - n * interval '1 minute', '{"clock_offset_seconds": 0}'
from generate_series(0, 2) as n;
select incident.sweep();
select is(
    (
        select h.reason from incident.host as h
        where h.host_name = 'host-1'
    ),
    'clock 40 min behind',
    'a clock that is behind'
);
select isnt(
    (
        select h.reason from incident.host as h
        where h.host_name = 'host-2'
    ),
    'clock 40 min behind',
    'is not a row that comes late'
);
select is(
    (
        select array_agg(i.severity || ' ' || i.reason) from system_incident as i
        where i.host_name = 'host-1'
    ),
    array['medium clock 40 min behind'], 'it has an incident of its own'
);

select test.is_sound();
select * from finish();
