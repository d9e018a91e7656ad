-- A host on a bad link, a sample every four minutes; and one whose CPU is around its limit.
select plan(4);

-- Which would sweep by the real clock, months later.
alter table system_metrics disable trigger sweep_when_due;
select test.send(repeat('active - - - ', 30));
update incident.policy set cpu_samples = 3;
select test.send_host(repeat('96 96 96 10 ', 30), host_name => 'host-2');
select incident.sweep(test.at('12:00'));
select is(
    (
        select count(*) from system_incident
        where host_name = 'host-1' and component = 'system'
    ), 3::bigint,
    'a handful of incidents of the one'
);
select is(
    (
        select count(*) from system_incident
        where host_name = 'host-2'
    ), 4::bigint, 'and of the other'
);
select is(
    (
        select count(*) from system_incident
        where status = 'open' and flapping_since is not null
    ), 2::bigint,
    'the last of each is open and flaps'
);

select test.is_sound();
select * from finish();
