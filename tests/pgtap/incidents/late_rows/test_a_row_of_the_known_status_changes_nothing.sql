select plan(3);

select test.send_one_by_one('active stuck - stuck active - active');
select test.send('stuck', '10:02');
select test.send('active', '10:05');
select
    is(test.history(), array['10:00 active/active', '10:01 stuck/active', '10:04 active/active'], 'the history stays');
select is(
    test.timeline(1), array['10:01 detected high by engine', '10:04 resolved open -> resolved by engine'],
    'there is nothing to correct'
);

select test.is_sound();
select * from finish();
