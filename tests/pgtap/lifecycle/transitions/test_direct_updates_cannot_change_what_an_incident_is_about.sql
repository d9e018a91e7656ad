select plan(5);

select test.send('stuck');
select
    test.is_refused(
        format('update system_incident set %s', change), 'IN001', 'cannot be changed', 'open another', change
    )
from unnest(
        array[
            'host_name = ''host-2''', 'device_name = ''Device 2''', 'capture_folder = ''elsewhere''',
            'component = ''monitor'', incident_type = ''monitor_failure'''
        ]
    ) as change;
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'it is what it was');

select * from finish();
