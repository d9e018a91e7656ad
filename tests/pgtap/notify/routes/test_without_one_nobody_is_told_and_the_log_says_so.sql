select plan(3);
select incident.set_contact('boss');
select incident.set_escalation_step('boss', 1, 'boss');
select incident.add_route(null, component => 'ffmpeg', note => 'we look at the wall');

select test.send('active stuck/stopped');
select is(
    test.told(), array['1 opened to nobody suppressed: route 2 tells nobody', '2 opened to default pending'],
    'a route without an escalation tells nobody'
);
select incident.remove_route(r.route_id) from incident.route as r;
select test.send('active stuck', device_name => 'Device 2');
select is((test.told())[3], '3 opened to nobody suppressed: no route fits', 'nor does it when no route fits');
select test.is_refused('select incident.remove_route(99)', 'P0002', 'no route 99', 'incident.route', 'removing none');
select * from finish();
