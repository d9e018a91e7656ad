select plan(19);

select test.is_refused(
    'select incident.set_policy(no_data_after => ''-3 minutes'')', '22023',
    'no_data_after must be longer than nothing, but is -00:03:00', '3 minutes', 'silence that lasts less than nothing'
);
select test.is_refused(
    'select incident.set_policy(sla_target => 101)',
    '22023',
    'sla_target must be a percentage.*but is 101',
    '99',
    'over 100 %'
);
select test.is_refused(
    'select incident.set_policy(sla_target => ''NaN'')', '22023', 'but is NaN', null, 'not a number'
);
select test.is_refused(
    'select incident.set_policy(cpu_percent_limit => 150)',
    '22023',
    'cpu_percent_limit.*150',
    'infinity',
    'load over 100 %'
);
select test.is_refused(
    'select incident.set_policy(cpu_samples => 0)',
    '22023',
    'cpu_samples must be 1 or more, but is 0',
    null,
    'no samples'
);
select test.is_refused(
    'select incident.set_policy(flapping_start_percent => 20)', '22023', 'together with flapping_start_percent', 'both',
    'half of flapping'
);
select test.is_refused(
    'select incident.set_policy(flapping_start_percent => 20, flapping_stop_percent => 30)', '22023',
    'must not be above flapping_start_percent \(20\), but is 30', null, 'flapping that stops before it starts'
);
select test.is_refused(
    'select incident.set_policy(no_data_after => ''30 seconds'')', '22023',
    'for default it would be 00:00:30, and the interval 00:01:00', 'both', 'every gap a silence'
);
select test.is_refused(
    'select incident.set_policy(''host-1'', sample_interval => ''10 minutes'')', '22023',
    'for host host-1 it would be 00:03:00, and the interval 00:10:00', null, 'with what comes from a wider scope, too'
);
select test.is_refused(
    'select incident.set_policy(component => ''ffmpeg'', no_data_after => ''5 minutes'')', '22023',
    'no_data_after must be left out for a component', 'component', 'silence of one component'
);
select test.is_refused(
    'select incident.set_policy(''host-1'', ''Device 1'', ''a'', disk_samples => 3)', '22023',
    'disk_samples must be left out for a device', 'device_name', 'disk of a device'
);
select test.is_refused(
    'select incident.set_policy(component => ''disk'', open_after => ''1 minute'')', '22023', 'disk', 'all three',
    'an unknown component'
);
select test.is_refused(
    'select incident.set_policy(''host-1'', ''Device 1'', open_after => ''1 minute'')',
    '22023',
    'together',
    'all three',
    'half of a device'
);
select test.is_refused(
    'select incident.set_policy(device_name => ''Device 1'', capture_folder => ''a'', open_after => ''1 minute'')',
    '22023',
    'together', null, 'a device of no host'
);
select test.is_refused('select incident.set_policy('''', open_after => ''0'')', '22004', 'host_name', null, 'no name');
select test.is_refused('select incident.set_policy(''host-1'')', '22004', 'nothing to set', 'unset_policy', 'nothing');
select test.is_refused(
    'select incident.set_policy(open_after => ''0'', refold_since => null)',
    '22004',
    'refold_since',
    'infinity',
    'no since'
);
select test.is_refused(
    'select incident.set_policy(open_after => ''0'', operator => '' '')', '22004', 'operator', null, 'nobody'
);
select is_empty('select from incident.policy_change', 'and nothing was changed');

select * from finish();
