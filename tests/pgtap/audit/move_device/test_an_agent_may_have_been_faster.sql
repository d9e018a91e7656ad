select plan(5);

select test.send('active active stuck', '10:00', 'Old');
select test.send('active active active active active active', '10:00', 'Other');
update incident.device set registered_at = first_sample_at;
select incident.acknowledge(1, 'on it', 'ana', test.at('10:02'));
select test.send('stuck stuck stopped', '10:03', 'New');
select incident.move_device(
    'host-1', 'Old', 'folder of Old', to_device_name => 'New', to_capture_folder => 'folder of New'
);

select results_eq(
    $$ select i.incident_id, i.device_name, i.status, i.severity, test.clock(i.detected_at), i.acknowledged_by
    from public.system_incident as i where i.retracted_at is null $$,
    $$ values (1::bigint, 'New', 'in_progress', 'critical', '10:02', 'ana') $$,
    'the failure that both names saw is one incident, the one that somebody works on'
);
select is(
    test.history('New'),
    array['10:00 active/active', '10:02 stuck/active', '10:05 stopped/active'],
    'and one history'
);

-- The agent was still sending under the old name.
select test.send('stopped active', '10:06', 'Old');
select incident.move_device(
    'host-1', 'Old', 'folder of Old', to_device_name => 'New', to_capture_folder => 'folder of New'
);
select is(
    test.history('New'),
    array['10:00 active/active', '10:02 stuck/active', '10:05 stopped/active', '10:07 active/active'],
    'what still came under the old name is moved by doing it again'
);
select is_empty('select rule, detail from incident.check_invariants()', 'everything is consistent');
select is_empty('select * from incident.verify_timeline()', 'timelines are whole');

select * from finish();
