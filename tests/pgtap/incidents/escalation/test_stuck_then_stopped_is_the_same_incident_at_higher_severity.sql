select plan(4);

select test.send_one_by_one('active stuck stuck stopped stopped');
select
    is(
        test.incidents(), array['ffmpeg critical open 10:01-'], 'one incident, critical now, detected when it was stuck'
    );
select is(
    test.timeline(test.incident_id()),
    array['10:01 detected high by engine', '10:03 severity_changed high -> critical by engine'],
    'the timeline says when it got worse'
);
select is(
    (select description from system_incident), 'ffmpeg stopped on host-1, Device 1 (folder of Device 1)',
    'the description follows'
);

select test.is_sound();
select * from finish();
