select plan(18);

select incident.set_policy(flapping_start_percent => 'infinity', flapping_stop_percent => 25);
select test.send('active stuck stopped active active stuck active stuck stuck', '10:00');
select test.send('active active active active active active active active active', '10:00', 'Device 2');
select test.send_host('10 20 30 40 50 60 70 80 90', '10:00');
update incident.device set registered_at = first_sample_at;
select incident.acknowledge(3, 'on it', 'ana', test.at('10:08'));
select incident.set_policy('host-1', 'Device 1', 'folder of Device 1', sla_target => 95);
select incident.add_maintenance(
    'host-1', test.at('10:01'), test.at('10:02'), 'cable', 'Device 1', 'folder of Device 1', operator => 'ana'
);
select incident.add_route('default', host_pattern => 'host-1', device_name => 'Device 1');
select incident.add_route('default', device_name => 'Device 1', note => 'wherever it is');

create function pg_temp.incidents() returns text[]
language sql
return (
    select
        array_agg(
            concat_ws(
                ' ', i.incident_id, i.status, test.clock(i.detected_at), test.clock(i.resolved_at), i.acknowledged_by,
                i.reopen_count, i.retracted_at
            )
            order by i.incident_id
        )
    from public.system_incident as i
    where i.component = 'ffmpeg'
);
create function pg_temp.spent(device_name text) returns text
language sql
return (
    select concat_ws(' ', a.up_seconds, a.down_seconds, a.no_data_seconds, a.maintenance_seconds, a.window_seconds)
    from incident.availability(test.at('10:00'), test.at('10:30')) as a
    where a.device_name = spent.device_name
);
create temporary table before as
select pg_temp.incidents() as incidents, pg_temp.spent('Device 1') as spent;

select lives_ok(
    $$ select * from incident.move_device(
        'host-1', 'Device 1', 'folder of Device 1', to_device_name => 'Camera', note => 'new label', operator => 'ana'
    ) $$,
    'a device gets another name'
);
select is(pg_temp.incidents(), b.incidents, 'its incidents are the same, by the same numbers') from before as b;
select is(pg_temp.spent('Camera'), b.spent, 'and so is what reports say') from before as b;
select is(pg_temp.spent('Device 1'), null, 'under its new name alone');

select lives_ok(
    $$ select * from incident.move_device(
        'host-1', 'Camera', 'folder of Device 1', to_host_name => 'host-9', to_capture_folder => 'capture7', operator => 'ana'
    ) $$,
    'it goes to another host'
);
select is(pg_temp.incidents(), b.incidents, 'its incidents are still the same') from before as b;
select is(pg_temp.spent('Camera'), b.spent, 'and so is what reports say') from before as b;
select results_eq(
    'select i.host_name, i.device_name, i.capture_folder, i.description
    from public.system_incident as i where i.incident_id = 3',
    $$ values ('host-9', 'Camera', 'capture7', 'ffmpeg stuck on host-9, Camera (capture7)') $$,
    'they say where it is now'
);
select results_eq(
    $$ select t.event, t.from_value, t.to_value, t.operator from incident.timeline as t
    where t.incident_id = 3 and t.event in ('acknowledged', 'moved') order by t.entry_id $$,
    $$ values
    ('acknowledged', 'open', 'in_progress', 'ana'),
    ('moved', 'host-1 / Device 1 / folder of Device 1', 'host-1 / Camera / folder of Device 1', 'ana'),
    ('moved', 'host-1 / Camera / folder of Device 1', 'host-9 / Camera / capture7', 'ana') $$,
    'their timelines tell where it was'
);
select is_empty('select * from incident.verify_timeline()', 'and are whole');
select ok(
    (
        select t.note like '%until then its timeline ended with ' || (m.timeline_heads ->> '3')
        from incident.timeline as t
        join incident.move as m on m.to_host_name = t.host_name
        where t.incident_id = 3 and t.event = 'moved' and t.to_value like 'host-9%'
    ),
    'what the chain ended with before is kept, in two places'
);
select results_eq(
    'select p.host_name, p.device_name, p.sla_target from incident.policy as p where p.device_name is not null',
    $$ values ('host-9', 'Camera', 95.0) $$,
    'policy goes along'
);
select results_eq(
    'select m.host_name, m.device_name, m.capture_folder from incident.maintenance as m',
    $$ values ('host-9', 'Camera', 'capture7') $$,
    'and maintenance'
);
select results_eq(
    'select r.host_pattern, r.device_name from incident.route as r where r.device_name is not null order by r.route_id',
    $$ values ('host-9', 'Camera'), (null, 'Device 1'), ('host-9', 'Camera') $$,
    'and routes; one for every device of the old name stays for the others'
);

-- What comes under the new name goes on from there.
insert into public.system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status)
values ('host-9', 'id of Device 1', 'Camera', 'capture7', test.at('10:09'), 'active');
select results_eq(
    'select i.status, test.clock(i.resolved_at), i.acknowledged_by
    from public.system_incident as i where i.incident_id = 3',
    $$ values ('resolved', '10:09', 'ana') $$,
    'the next sample under the new name resolves the open incident'
);
select is_empty('select rule, detail from incident.check_invariants()', 'everything is consistent');
select is_empty('select * from incident.rebuild()', 'and comes out the same from the samples');

create temporary table moves as select count(*) as number from incident.move;
select incident.move_device(
    'host-1', 'Camera', 'folder of Device 1', to_host_name => 'host-9', to_capture_folder => 'capture7'
);
select is((select count(*) from incident.move), m.number, 'done twice it changes nothing') from moves as m;

select * from finish();
