select plan(4);

select test.send('active stopped');
select incident.acknowledge(1, 'looking', operator => 'ana', acted_at => test.at('10:02'));
select incident.acknowledge(1, 'the disk is being copied', operator => 'ben');
select results_eq(
    'select status, acknowledged_by, acknowledged_at from system_incident where incident_id = 1',
    $$ values ('in_progress', 'ana', test.at('10:02')) $$,
    'the acknowledgement stays that of the first'
);
select results_eq(
    'select event, operator, note from incident.timeline where note is not null order by entry_id',
    $$ values ('acknowledged', 'ana', 'looking'), ('commented', 'ben', 'the disk is being copied') $$,
    'what the second one wrote is a comment'
);
select incident.acknowledge(1, operator => 'ben');
select is(
    (select count(*) filter (where t.event = 'commented') from incident.timeline as t), 1::bigint,
    'nothing said is no comment'
);
select is_empty('select * from incident.verify_timeline()', 'and the timeline is whole');

select * from finish();
