select plan(4);

select test.send('active stuck stuck stopped active active unknown stopped - - - - active stuck/stuck');
select incident.sweep(test.at('10:14'));
select is(
    test.history(),
    array[
        '10:00 active/active', '10:01 stuck/active', '10:03 stopped/active', '10:04 active/active',
        '10:06 unknown/active', '10:07 stopped/active', '10:08 no_data/no_data', '10:12 active/active',
        '10:13 stuck/stuck'
    ],
    'the history of all of them'
);
select is(
    test.incidents(),
    array[
        'ffmpeg critical resolved 10:01-10:04', 'ffmpeg critical resolved 10:07-10:12', 'ffmpeg high open 10:13-',
        'monitor high open 10:13-'
    ],
    'and the incidents, those that are over as resolved'
);
select is(
    test.timeline((select min(incident_id) from system_incident)),
    array[
        '10:01 detected high by engine', '10:03 severity_changed high -> critical by engine',
        '10:04 resolved open -> resolved by engine'
    ],
    'with all that happened in between'
);

select test.is_sound();
select * from finish();
