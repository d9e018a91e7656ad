select plan(3);

select test.send_one_by_one('active stuck - - - - stopped - active active - - - active');
select test.send('active active', device_name => 'Device 2');
select incident.sweep(test.at('10:20'));

create temporary table once as
select 'state' as what, s.ctid::text || s::text as row_text from incident.device_state as s
union all
select 'device', d.ctid::text || d::text from incident.device as d
union all
select 'incident', i.ctid::text || i::text from system_incident as i
union all
select 'timeline', t::text from incident.timeline as t;

select results_eq(
    $$ select ran, silences_folded, errors_repaired, future_samples_folded, partitions_made
    from incident.sweep(test.at('10:20')) $$,
    'values (true, 0, 0, 0, 0)',
    'it finds nothing to do'
);
select set_eq(
    $$
    select 'state' as what, s.ctid::text || s::text as row_text from incident.device_state as s
    union all
    select 'device', d.ctid::text || d::text from incident.device as d
    union all
    select 'incident', i.ctid::text || i::text from system_incident as i
    union all
    select 'timeline', t::text from incident.timeline as t
    $$,
    'select what, row_text from once',
    'and writes nothing'
);

select test.is_sound();
select * from finish();
