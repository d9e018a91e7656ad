select plan(4);

select test.send_one_by_one('active/active stuck/active stuck/stopped');
select is(
    test.incidents(), array['ffmpeg high open 10:01-', 'monitor critical open 10:02-'], 'one after the other'
);

select test.send_one_by_one('active/stopped active/active', '10:03');
select is(
    test.incidents(), array['ffmpeg high resolved 10:01-10:03', 'monitor critical resolved 10:02-10:04'],
    'each ends by itself'
);

select test.send('stopped/stuck', '10:05');
select is(
    (test.incidents())[3:], array['ffmpeg critical open 10:05-', 'monitor high open 10:05-'], 'both in the same minute'
);

select test.is_sound();
select * from finish();
