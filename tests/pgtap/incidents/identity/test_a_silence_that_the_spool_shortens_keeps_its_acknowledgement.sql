-- The link was down; the agent sends what it kept, oldest first.
select plan(4);

select test.send(repeat('active ', 23), '09:40');
select incident.sweep(test.at('11:00'));
select incident.acknowledge(1, note => 'link down', operator => 'ana', acted_at => test.at('10:20'));
select test.send('active active active active active', '10:03');
select test.send('active active active active active active active', '10:08');
select is(
    (
        select array_agg(concat_ws(' ', i.incident_id, i.status, i.acknowledged_by, test.clock(i.detected_at)))
        from incident.announced as i
    ),
    array['1 in_progress ana 10:15'], 'one incident, the same, however much later the silence began'
);
select test.send('active active active active active active active active active active', '10:15');
select is(
    (
        select array_agg(concat_ws(' ', i.incident_id, i.status, i.acknowledged_by, test.clock(i.detected_at)))
        from incident.announced as i
    ),
    array['1 in_progress ana 10:25'], 'also when it began after she acted'
);
select test.send(repeat('active ', 36), '10:25');
select is_empty('select * from incident.announced', 'it is over when all is there');

select test.is_sound();
select * from finish();
