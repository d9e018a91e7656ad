-- A null where a value is needed is an error, never a silent nothing.
select plan(13);

select test.send('stuck');
select test.is_refused(format('select incident.%s', call), '22004', 'must not be null', null, call)
from unnest(
        array[
            'acknowledge(null)', 'assign(null, ''ada'')', 'comment(null, ''well'')', 'resolve(null)', 'close(null)',
            'reopen(null)', 'assign(1, null)', 'assign(1, ''  '')', 'comment(1, null)', 'comment(1, '''')',
            'acknowledge(1, operator => null)', 'acknowledge(1, operator => '''')'
        ]
    ) as call;
select is(test.timeline(1), array['10:00 detected high by engine'], 'and nothing happened');

select * from finish();
