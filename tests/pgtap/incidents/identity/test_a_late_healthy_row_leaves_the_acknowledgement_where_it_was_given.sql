select plan(4);

select test.send('stuck - - - - - stuck stuck', every => '10 seconds');
select incident.acknowledge(1, note => 'on it', operator => 'ada', acted_at => test.at('10:01:05'));
select test.send('active', '10:00:30');
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:00:30', 'ffmpeg high in_progress 10:01-'],
    'it was healthy in between: there are two failures'
);
select is(
    (select array_agg(incident_id order by detected_at) from system_incident), array[2, 1]::bigint[],
    'the one that was going on when ada acted is hers'
);
select is(
    (test.timeline(1))[3:],
    array[
        'now corrected detected_at 2026-03-02T10:00:00.000000Z -> detected_at 2026-03-02T10:01:00.000000Z by engine: '
        || 'corrected by late samples'
    ],
    'and says why it starts later'
);

select test.is_sound();
select * from finish();
