select plan(2);

select test.send_one_by_one('active active', every => '3 minutes');
select incident.sweep(test.at('10:04'));
select is(
    test.history(), array['10:00 active/active', '10:01 no_data/no_data', '10:03 active/active'],
    'three minutes: no_data from a minute after the last sample until the next'
);

select test.is_sound();
select * from finish();
