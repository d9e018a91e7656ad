select plan(3);

select test.send_one_by_one('stuck active stuck');
select test.is_refused(
    'select incident.reopen(1)', 'IN001', 'incident 1 cannot be reopened: incident 2 is active', 'incident 2',
    'it names the active one'
);
select lives_ok('select incident.resolve(2, acted_at => test.at(''10:02:30''))', 'that can be resolved');
select is(
    (
        select count(*) from incident.timeline
        where event = 'reopened'
    ), 0::bigint, 'nothing was reopened'
);

select * from finish();
