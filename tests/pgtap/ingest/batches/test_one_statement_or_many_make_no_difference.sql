select plan(4);

prepare history (text) as
select started_at, ended_at, ffmpeg_status, monitor_status
from incident.device_state
where device_name = $1
order by started_at;
prepare incidents (text) as
select component, severity, status, detected_at, resolved_at, detected_severity, severity_since, total_duration_minutes
from system_incident
where device_name = $1
order by detected_at, component;

select test.send('active stuck stuck/stopped stopped active active unknown stopped - - - active stuck/stuck active');
select test.send_one_by_one(
    'active stuck stuck/stopped stopped active active unknown stopped - - - active stuck/stuck active',
    device_name => 'Device 2'
);
-- three pieces, the middle one last
select test.send('active stuck stuck/stopped', device_name => 'Device 3');
select test.send('- - - active stuck/stuck active', '10:08', device_name => 'Device 3');
select test.send('stopped active active unknown stopped', '10:03', device_name => 'Device 3');
select incident.sweep(test.at('10:14'));

select results_eq('execute history (''Device 1'')', 'execute history (''Device 2'')', 'row by row: the same history');
select results_eq('execute history (''Device 1'')', 'execute history (''Device 3'')', 'in pieces: the same history');
select results_eq('execute incidents (''Device 1'')', 'execute incidents (''Device 2'')', 'the same incidents');
select results_eq('execute incidents (''Device 1'')', 'execute incidents (''Device 3'')', 'the same incidents');

select * from finish();
