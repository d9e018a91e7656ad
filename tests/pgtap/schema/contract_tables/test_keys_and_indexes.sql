select plan(13);

select col_is_pk(
    'public', 'system_metrics', array['host_name', 'timestamp'], 'a host has one row for a time'
);
select col_is_pk(
    'public', 'system_device_metrics', array['host_name', 'device_name', 'capture_folder', 'timestamp'],
    'a device has one sample for a time'
);
select col_is_pk('public', 'system_incident', 'incident_id', 'an incident has a number');
select is(
    (
        select attidentity::text
        from pg_attribute
        where attrelid = 'public.system_incident'::regclass and attname = 'incident_id'
    ),
    'a',
    'which the database gives'
);
select col_is_unique('public', 'system_incident', array['incident_uuid'], 'and a uuid of its own');
select index_is_unique('public', 'system_incident', 'unique_open_incident', 'unique_open_incident is unique');
select matches(
    pg_get_indexdef('public.unique_open_incident'::regclass),
    '\(host_name, device_name, capture_folder, component\) WHERE .*open.*in_progress',
    'for a component of a device, while open or in progress'
);

-- What dashboards ask for.
select has_index('public', 'system_incident', 'system_incident_status_idx', array['status'], 'incidents by status');
select has_index(
    'public', 'system_incident', 'system_incident_device_id_idx', array['device_id', 'host_name'], 'by device id'
);
select has_index(
    'public', 'system_incident', 'system_incident_device_detected_idx',
    array['host_name', 'device_name', 'capture_folder', 'component', 'detected_at'],
    'of a device in order of time'
);
select has_index('public', 'system_incident', 'system_incident_detected_idx', array['detected_at'], 'by time');
select has_index(
    'public', 'system_incident', 'system_incident_type_severity_idx', array['incident_type', 'severity'],
    'by type and severity'
);
select has_index(
    'public', 'system_device_metrics', 'system_device_metrics_timestamp_idx', array['"timestamp"'], 'samples by time'
);

select * from finish();
