select plan(5);

select test.send_one_by_one('stuck stuck - stopped stopped');
select incident.acknowledge(test.incident_id(), operator => 'ada', acted_at => test.at('10:01:10'));
select incident.comment(test.incident_id(), 'rebooting', 'ada', test.at('10:01:20'));
select is(test.incidents(), array['ffmpeg critical in_progress 10:00-'], 'one incident');

select test.send('active', '10:02');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:02', 'ffmpeg critical open 10:03-'],
    'a healthy row in the middle makes two of it'
);
select is(
    test.timeline(1),
    array[
        '10:00 detected high by engine', '10:03 severity_changed high -> critical by engine',
        '10:01:10 acknowledged open -> in_progress by ada', '10:01:20 commented by ada: rebooting',
        '10:00 severity_changed critical -> high by engine',
        '10:02 resolved in_progress -> resolved by engine'
    ],
    'the first part keeps number, acknowledgement and comment, and is no longer critical'
);
select is(test.timeline(2), array['10:03 detected critical by engine'], 'the second is new');

select test.is_sound();
select * from finish();
