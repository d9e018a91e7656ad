select plan(1);

select test.send('stuck');
select test.is_refused(
    'select incident.acknowledge(1, acted_at => null)', '22004', 'acted_at', 'now', 'acted_at => null is a null'
);

select * from finish();
