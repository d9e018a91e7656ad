select plan(4);

select test.send_one_by_one('active - - - - - - active');
select incident.sweep(test.at('10:08'));
select is(
    test.history(),
    array['10:00 active/active', '10:01 no_data/no_data', '10:07 active/active'],
    'silent for six minutes'
);
select test.send('active', '10:05');
select is(
    test.history(), array['10:00 active/active', '10:01 no_data/no_data', '10:05 active/active'], 'now for four'
);
select test.send('active', '10:02:30');
select is(test.history(), array['10:00 active/active'], 'and now for no time that counts');

select test.is_sound();
select * from finish();
