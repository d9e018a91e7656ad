select plan(2);

insert into system_incident (
    host_name, device_id, device_name, capture_folder, incident_type, severity, component, status, detected_at,
    acknowledged_at, acknowledged_by, resolved_at, total_duration_minutes
)
values (
    'host-1', '1', 'Device 1', 'capture1', 'system_failure', 'low', 'system', 'resolved', test.at('10:00'),
    test.at('10:01:30'), 'ada', test.at('10:10'), 4711
);
prepare durations as
select detection_to_ack_minutes, ack_to_resolution_minutes, total_duration_minutes from system_incident;
select results_eq('durations', 'values (1, 8, 10)', 'an insert by hand');

update system_incident set total_duration_minutes = 4711, detection_to_ack_minutes = -1;
select results_eq('durations', 'values (1, 8, 10)', 'an update by hand');

select * from finish();
