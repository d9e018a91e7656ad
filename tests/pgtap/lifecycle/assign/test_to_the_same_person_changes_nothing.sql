select plan(1);

select test.send('stuck');
select incident.assign(1, 'grace', operator => 'ada', acted_at => test.at('10:01'));
select incident.assign(1, 'grace', operator => 'ada', acted_at => test.at('10:02'));
select is(
    test.timeline(1), array['10:00 detected high by engine', '10:01 assigned grace by ada'], 'one entry is enough'
);

select * from finish();
