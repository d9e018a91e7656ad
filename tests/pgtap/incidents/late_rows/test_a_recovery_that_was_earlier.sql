select plan(4);

select test.send_one_by_one('stuck - - active active');
select is(test.incidents(), array['ffmpeg high resolved 10:00-10:03'], 'as it seemed');
select incident.close(1, root_cause => 'loose cable', operator => 'ada', acted_at => test.at('10:10'));

select test.send('active', '10:01');
select is(test.incidents(), array['ffmpeg high closed 10:00-10:01'], 'is corrected, also when it is closed');
select is(
    test.timeline(1),
    array[
        '10:00 detected high by engine', '10:03 resolved open -> resolved by engine',
        '10:10 closed resolved -> closed by ada',
        'now corrected resolved_at 2026-03-02T10:03:00.000000Z -> resolved_at 2026-03-02T10:01:00.000000Z by engine: '
        || 'corrected by late samples'
    ],
    'and the timeline says so'
);

select test.is_sound();
select * from finish();
