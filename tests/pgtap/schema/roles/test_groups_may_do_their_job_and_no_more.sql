select plan(31);

create function test.may(role text, statement text) returns text
language sql volatile
return lives_ok(format('set local role %I; %s; reset role', role, statement), format('%s may: %s', role, statement));

create function test.may_not(role text, statement text) returns text
language sql volatile
return throws_ok(
    format('set local role %I; %s; reset role', role, statement), '42501', null,
    format('%s may not: %s', role, statement)
);

select test.send('stuck');

-- inserts rows, once or twice, and cannot read or change anything
create function test.insert(clock text) returns text
language sql
return format(
    'insert into public.system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
    values (''host-1'', ''2'', ''Device 2'', ''capture2'', %L) on conflict do nothing', test.at(clock)
);
select test.may_not('incident_agent', test.insert('10:00'));
select incident.allow_agent(session_user, 'host-1');
select test.may('incident_agent', test.insert('10:00'));
select test.may('incident_agent', test.insert('10:00'));
select test.may(
    'incident_agent', 'insert into public.system_metrics (host_name, timestamp) values (''host-1'', now())'
);
select test.may_not('incident_agent', 'select from public.system_device_metrics');
select test.may_not('incident_agent', 'select from public.system_incident');
select test.may_not('incident_agent', 'select from incident.device');
select test.may_not('incident_agent', 'select incident.acknowledge(1)');
select test.may_not('incident_agent', 'update public.system_device_metrics set ffmpeg_status = ''active''');

select test.may_not('incident_agent', 'select from incident_engine.agent_host');
select test.may_not('incident_agent', 'select from incident.agents');

-- reads
select test.may('incident_viewer', 'select from incident.active');
select test.may('incident_viewer', 'select from incident.recent');
select test.may(
    'incident_viewer',
    'select from public.system_device_metrics, public.system_metrics, public.system_incident, incident.timeline,
        incident.device, incident.device_state, incident.policy'
);
select test.may_not('incident_viewer', test.insert('10:01'));
select test.may_not('incident_viewer', 'select incident.acknowledge(1)');
select test.may_not('incident_viewer', 'insert into incident.timeline select from incident.timeline where false');

-- works incidents, through the functions alone
select test.may('incident_operator', 'select from incident.active');
select test.may('incident_operator', 'select incident.acknowledge(1)');
select test.may('incident_operator', 'select incident.assign(1, ''ada'')');
select test.may('incident_operator', 'select incident.comment(1, ''looking'')');
select test.may('incident_operator', 'select incident.resolve(1)');
select test.may('incident_operator', 'select incident.reopen(1)');
select test.may('incident_operator', 'select incident.resolve(1), incident.close(1)');
select test.may_not('incident_operator', 'update public.system_incident set status = ''open''');
select test.may_not('incident_operator', 'select incident.sweep()');

select test.may_not('incident_operator', 'select incident.allow_agent(session_user, ''host-2'')');

-- and upkeep
select test.may('incident_admin', 'select incident.allow_agent(session_user, ''host-2'')');
select test.may('incident_admin', 'select incident.forbid_agent(session_user)');
select test.may('incident_admin', 'select incident.sweep()');
select test.may_not('incident_admin', 'select incident_engine.fold(null)');

select * from finish();
