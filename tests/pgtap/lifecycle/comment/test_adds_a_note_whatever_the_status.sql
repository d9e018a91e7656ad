select plan(4);

select test.send('stuck');
select is(
    (select state from incident.comment(1, 'while open', 'ada', test.at('10:01'))), 'open', 'it returns the incident'
);
select incident.acknowledge(1, operator => 'ada', acted_at => test.at('10:02'));
select incident.comment(1, 'while in progress', 'grace', test.at('10:03'));
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:04'));
select incident.comment(1, 'while resolved', 'grace', test.at('10:05'));
select incident.close(1, operator => 'ada', acted_at => test.at('10:06'));
select is(
    (select state from incident.comment(1, 'while closed', 'grace', test.at('10:07'))), 'closed',
    'of a closed one as well'
);
select is(
    (
        select array_agg(note order by entry_id) from incident.timeline
        where event = 'commented'
    ),
    array['while open', 'while in progress', 'while resolved', 'while closed'],
    'the notes'
);
select is(
    (
        select array_agg(operator order by entry_id) from incident.timeline
        where event = 'commented'
    ),
    array['ada', 'grace', 'grace', 'grace'],
    'and who made them'
);

select * from finish();
