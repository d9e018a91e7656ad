select plan(4);

select test.send_one_by_one('unknown/unknown active/active unknown/unknown');
select is(
    test.history(), array['10:00 unknown/unknown', '10:01 active/active', '10:02 unknown/unknown'],
    'unknown is a state of the device'
);
select is(test.incidents(), '{}', 'and no failure');

select incident.sweep(test.at('10:30'));
select is(
    (test.history())[4:] || test.incidents(), array['10:03 no_data/no_data'], 'nor is silence a failure of a component'
);

select test.is_sound();
select * from finish();
