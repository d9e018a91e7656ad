select plan(5);

prepare open_incident (text, text, text, text) as
insert into system_incident (
    host_name, device_id, device_name, capture_folder, incident_type, severity, component, status, detected_at,
    resolved_at
)
values (
    $1, 'device-1', 'Device 1', $2, $3 || '_failure', 'high', $3, $4, test.at('10:00'),
    case $4 when 'resolved' then test.at('10:05') end
);

execute open_incident ('host-1', 'capture1', 'ffmpeg', 'open');
select test.is_refused(
    $$ execute open_incident ('host-1', 'capture1', 'ffmpeg', 'open') $$, '23505', 'unique_open_incident', null,
    'two open incidents of the same component'
);
select lives_ok($$ execute open_incident ('host-1', 'capture1', 'monitor', 'open') $$, 'another component has its own');
select lives_ok($$ execute open_incident ('host-1', 'capture2', 'ffmpeg', 'open') $$, 'another folder, too');
select lives_ok($$ execute open_incident ('host-2', 'capture1', 'ffmpeg', 'open') $$, 'the folder of another host');
select lives_ok(
    $$ execute open_incident ('host-1', 'capture1', 'ffmpeg', 'resolved') $$, 'those that are over do not count'
);

select * from finish();
