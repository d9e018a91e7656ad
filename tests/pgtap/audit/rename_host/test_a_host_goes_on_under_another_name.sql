select plan(13);

select incident.set_policy(flapping_start_percent => 'infinity', flapping_stop_percent => 25);
select test.send('active stuck stopped active active stuck active stuck stuck', '10:00');
select test.send('active active active active active active active active active', '10:00', 'Device 2');
select test.send_host('10 20 30 99 99 99 99 99 99 99 99 99 99 99', '10:00');
update incident.device set registered_at = first_sample_at;
select incident.acknowledge(3, 'on it', 'ana', test.at('10:08'));
select incident.set_policy('host-1', sla_target => 95);
select incident.add_maintenance('host-1', test.at('10:01'), test.at('10:02'), 'cable', operator => 'ana');
select incident.add_route('default', host_pattern => 'host-1');
select incident.allow_agent(session_user::text, 'host-1');

create function pg_temp.incidents() returns text[]
language sql
return (
    select
        array_agg(
            concat_ws(
                ' ', i.incident_id, i.component, i.status, test.clock(i.detected_at), test.clock(i.resolved_at),
                i.acknowledged_by, i.reason, i.retracted_at
            )
            order by i.incident_id
        )
    from public.system_incident as i
);
create function pg_temp.spent() returns text[]
language sql
return (
    select
        array_agg(
            concat_ws(' ', a.device_name, a.up_seconds, a.down_seconds, a.no_data_seconds, a.maintenance_seconds)
            order by a.device_name
        )
    from incident.availability(test.at('10:00'), test.at('10:30')) as a
);
create temporary table before as
select pg_temp.incidents() as incidents, pg_temp.spent() as spent;

select results_eq(
    $$ select m.samples, m.incidents from incident.rename_host('host-1', 'studio', operator => 'ana') as m $$,
    $$ values (18::bigint, 4::bigint) $$,
    'it says how much it has moved'
);
select is(pg_temp.incidents(), b.incidents, 'incidents are the same, by the same numbers') from before as b;
select is(pg_temp.spent(), b.spent, 'and so is what reports say') from before as b;
select results_eq(
    'select h.host_name from incident.host as h', $$ values ('studio') $$, 'there is one host, of the new name'
);
select is_empty(
    $$ select from public.system_incident as i where i.host_name <> 'studio' $$, 'no incident is left behind'
);
select results_eq(
    $$ select i.device_name, i.description from public.system_incident as i where i.capture_folder = 'host' $$,
    $$ values ('studio', 'host studio silent') $$,
    'its own incidents have its name'
);
select results_eq(
    $$ select p.host_name from incident.policy as p where p.host_name is not null
    union all select m.host_name from incident.maintenance as m
    union all select r.host_pattern from incident.route as r where r.host_pattern is not null
    union all select a.host_name from incident.agents as a $$,
    $$ values ('studio'), ('studio'), ('studio'), ('studio') $$,
    'policy, maintenance, routes and rights go along'
);

select test.send('active', '10:14', host_name => 'studio');
select results_eq(
    'select i.status, test.clock(i.resolved_at), i.acknowledged_by
    from public.system_incident as i where i.incident_id = 3',
    $$ values ('resolved', '10:14', 'ana') $$,
    'the next sample under the new name resolves the open incident'
);
select is_empty('select rule, detail from incident.check_invariants()', 'everything is consistent');
select is_empty('select * from incident.verify_timeline()', 'timelines are whole');
select is_empty('select * from incident.rebuild()', 'and all comes out the same from the samples');
select lives_ok($$ select incident.rename_host('host-1', 'studio') $$, 'done twice it changes nothing');

select is(
    (
        select h.what from incident.handover() as h
        where h.part = 'changed' and h.what like 'ana renamed%'
    ),
    'ana renamed host-1 to studio',
    'the next shift is told'
);

select * from finish();
