select plan(2);

insert into system_metrics (host_name, server_name, timestamp) values
('studio-1', 'machine a', now() - interval '2 minutes'),
('studio-1', 'machine b', now() - interval '1 minute'),
('studio-2', 'machine c', now());
select incident.sweep();
select is(
    (select h.problem from incident.health as h),
    'studio-1 is reported by machine a and machine b', 'two machines, one name'
);
select is((select h.healthy from incident.health as h), false, 'somebody must look at that');

select * from finish();
