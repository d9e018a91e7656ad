select plan(3);

select test.send_one_by_one('active stuck - - - - stopped - active active/stuck - - - active');
select test.send_one_by_one('stuck stuck - stuck', device_name => 'Device 2');
select incident.resolve(test.incident_id('Device 2'), acted_at => test.at('10:01:30'));
select test.send('active', '10:02', host_name => 'host-2');
select incident.sweep(test.at('10:20'));
create temporary table told as
select i::text as row_text from system_incident as i
union all
select t::text from incident.timeline as t
union all
select s::text from incident.device_state as s
union all
select d::text from incident.device as d;

select is_empty('select * from incident.rebuild()', 'it reports nothing');
select set_eq(
    'select i::text from system_incident as i union all select t::text from incident.timeline as t
    union all select s::text from incident.device_state as s union all select d::text from incident.device as d',
    'select row_text from told',
    'and has written nothing'
);

select test.is_sound();
select * from finish();
