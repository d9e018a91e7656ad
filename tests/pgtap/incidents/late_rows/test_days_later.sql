select plan(3);

select test.send_one_by_one('active', '2026-03-01 23:58');
select test.send_one_by_one('active stuck active', '2026-03-05 00:00');
select incident.sweep(test.at('2026-03-05 00:03'));
select test.send('stopped stopped active', '2026-03-02 23:59');
select incident.sweep(test.at('2026-03-05 00:04'));
select is(
    test.history(),
    array[
        '2026-03-01 23:58 active/active', '2026-03-01 23:59 no_data/no_data', '23:59 stopped/active',
        '2026-03-03 00:01 active/active', '2026-03-03 00:02 no_data/no_data', '2026-03-05 00:00 active/active',
        '2026-03-05 00:01 stuck/active', '2026-03-05 00:02 active/active'
    ],
    'days are no boundary, in a partition or not'
);
select is(
    test.incidents(),
    array[
        'ffmpeg critical resolved 23:59-2026-03-03 00:01',
        'ffmpeg high resolved 2026-03-05 00:01-2026-03-05 00:02'
    ],
    'nor for incidents'
);

select test.is_sound();
select * from finish();
