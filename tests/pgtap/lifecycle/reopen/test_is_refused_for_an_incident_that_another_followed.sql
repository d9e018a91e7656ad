select plan(3);

select test.send_one_by_one('stuck active stuck active');
select test.is_refused(
    'select incident.reopen(1)', 'IN001', 'incident 1 cannot be reopened', 'incident 2',
    'the one to reopen is the last'
);
select is(
    test.incidents(), array['ffmpeg high resolved 10:00-10:01', 'ffmpeg high resolved 10:02-10:03'], 'nothing changes'
);
select is((select state from incident.reopen(2)), 'open', 'the last one can be reopened');

select * from finish();
