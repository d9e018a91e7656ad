-- Random policies for every scope; policy_for and the engine's resolver are asked about every device and component.
select plan(2);

select setseed(0.4711);
insert into incident.policy (host_name, device_name, capture_folder, component, open_after, sla_target, cpu_samples)
select
    s.host_name, s.device_name, s.capture_folder, s.component,
    case when random() < 0.5 then make_interval(mins => (random() * 100)::integer) end,
    case when random() < 0.5 then (1 + random() * 98)::numeric(5, 2) end,
    case when random() < 0.5 then 1 + (random() * 20)::integer end
from (
    select h.host_name, d.device_name, d.capture_folder, c.component
    from (values (null), ('host-1'), ('host-2')) as h (host_name)
    cross join (values (null, null), ('Device 1', 'a'), ('Device 1', 'b')) as d (device_name, capture_folder)
    cross join (values (null), ('ffmpeg'), ('system')) as c (component)
    where
        (d.device_name is null or h.host_name is not null)
        and coalesce(h.host_name, c.component) is not null
        and random() < 0.7
) as s;
select ok((select count(*) from incident.policy) > 8, 'there are policies of many scopes');

select is_empty(
    $$
    select *
    from (values (null), ('host-1'), ('host-2'), ('host-3')) as h (host_name)
    cross join (values (null, null), ('Device 1', 'a'), ('Device 1', 'b'), ('Device 2', 'a')) as d (device_name, folder)
    cross join (values (null), ('ffmpeg'), ('monitor'), ('system')) as c (component)
    cross join lateral incident.policy_for(h.host_name, d.device_name, d.folder, c.component) as p
    cross join lateral incident_engine.effective_policy(h.host_name, d.device_name, d.folder, c.component) as e
    where (h.host_name is not null or d.device_name is null) and p.value is distinct from to_jsonb(e) ->> p.setting
    $$,
    'both tell the same'
);

select * from finish();
