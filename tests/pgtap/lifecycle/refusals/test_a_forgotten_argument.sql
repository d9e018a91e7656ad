-- A null where a value is needed is an error, never a silent nothing.
select plan(15);

select test.send('stuck');
select test.is_refused(format('select incident.%s', call), '22004', 'must not be null', null, call)
from unnest(
        array[
            'acknowledge(null::bigint)', 'assign(null::bigint, ''ada'')', 'comment(null::bigint, ''well'')',
            'resolve(null::bigint)', 'close(null::bigint)', 'reopen(null::bigint)', 'assign(1, null)',
            'assign(1, ''  '')', 'comment(1, null)', 'comment(1, '''')', 'acknowledge(1, operator => null)',
            'acknowledge(1, operator => '''')', 'acknowledge(null::bigint[])', 'acknowledge(array[null]::bigint[])'
        ]
    ) as call;
select is(test.timeline(1), array['10:00 detected high by engine'], 'and nothing happened');

select * from finish();
