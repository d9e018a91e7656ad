select plan(5);

select test.send_one_by_one('stuck stuck');
select incident.resolve(1, 'restarted it', operator => 'ada', acted_at => test.at('10:01:20'));
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:01:20'], 'resolved by hand while it fails');

select test.send('stuck', '10:02');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:01:20', 'ffmpeg high open 10:02-'],
    'it still does: a new incident, although the status is the one known'
);
select is(test.timeline(2), array['10:02 detected high by engine'], 'detected at that sample');

select test.send_one_by_one('stuck active', '10:03');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:01:20', 'ffmpeg high resolved 10:02-10:04'],
    'which goes on and ends like any other'
);

select test.is_sound();
select * from finish();
