select plan(2);

insert into incident.policy (host_name, sample_interval) values ('host-1', '3 minutes');
select test.send('active - - stuck');
select is(
    test.history(), array['10:00 active/active', '10:03 stuck/active'],
    'expected every 3 minutes, a sample after 3 leaves no silence, though silence counts from 3 minutes on'
);

select test.is_sound();
select * from finish();
