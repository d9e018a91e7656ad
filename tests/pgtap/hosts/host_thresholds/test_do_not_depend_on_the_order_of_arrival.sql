select plan(5);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set cpu_samples = 3;

select test.send_host('96 97 - 50 98 99', '10:00');
select is(test.incidents('host-1'), '{}', 'two rows, and two rows');
select test.send_host('99', '10:02');
select is(test.incidents('host-1'), array['system medium resolved 10:00-10:03'], 'a late row makes three');
select test.send_host('99', '09:59');
select is(test.incidents('host-1'), array['system medium resolved 09:59-10:03'], 'an earlier one belongs to them');
select test.send_host('10', '10:01:30');
select is(
    test.incidents('host-1'),
    array['system medium resolved 09:59-10:01:30'],
    'one below the limit in between ends it earlier'
);

select test.is_sound();
select * from finish();
