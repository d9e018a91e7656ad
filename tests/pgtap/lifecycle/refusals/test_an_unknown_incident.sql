select plan(6);

select
    test.is_refused(
        format('select incident.%s', call), 'IN002', 'there is no incident 4711', 'incident.board', call
    )
from unnest(
        array[
            'acknowledge(4711)', 'assign(4711, ''ada'')', 'comment(4711, ''well'')', 'resolve(4711)', 'close(4711)',
            'reopen(4711)'
        ]
    ) as call;

select * from finish();
