select plan(2);

select test.is_refused(
    'select * from incident.rebuild(''nowhere'')', 'P0002', 'host nowhere has no samples', 'incident.host',
    'an unknown host'
);
select test.is_refused('select * from incident.rebuild(since => null)', '22004', 'since', null, 'no since');

select * from finish();
