select plan(2);

insert into incident.policy (component, open_after) values ('monitor', '5 minutes');
insert into incident.policy (host_name, component, open_after) values ('host-1', 'monitor', '1 minute');
select test.send_one_by_one('active stuck/stuck active/stuck');
select is(
    test.incidents(), array['ffmpeg high resolved 10:01-10:02', 'monitor high open 10:01-'],
    'the host''s policy for the monitor beats that for all monitors, and leaves ffmpeg alone'
);

select test.is_sound();
select * from finish();
