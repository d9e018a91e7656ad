select plan(8);

select test.send('stuck');
select
    test.is_refused(
        format('select incident.acknowledge(1, acted_at => %L)', acted_at), '22023', 'acted_at', 'now', acted_at
    )
from unnest(
        array['infinity', '-infinity', (now() + interval '1 microsecond')::text, '2026-03-02 09:59:59.999999+00']
    ) as acted_at;
select
    test.is_refused(
        format('select incident.%s, acted_at => ''infinity'')', call),
        '22023',
        'acted_at',
        'now',
        call || ' in the future'
    )
from unnest(array['resolve(1', 'comment(1, ''well''', 'assign(1, ''ada''']) as call;
select is(test.timeline(1), array['10:00 detected high by engine'], 'nothing happened');

select * from finish();
