select plan(5);

insert into public.system_metrics (host_name, timestamp, agent)
values
('well', now() - interval '2 minutes', '{"version": "0.1.0", "backlog_rows": 300, "backlog_age_seconds": 9000}'),
(
    'well', now() - interval '1 minute',
    '{"version": "0.1.0", "backlog_rows": 0, "backlog_age_seconds": null, "quarantined": 0, "clock_offset_seconds": 0.2,
          "last_error": "not stored", "unreadable_folders": [], "failed_readings": [], "spool_in_memory": false}'
),
(
    'half-blind', now() - interval '1 minute',
    '{"version": "0.1.0", "backlog_rows": 12, "backlog_age_seconds": 250, "quarantined": 2,
     "clock_offset_seconds": -2400, "unreadable_folders": ["capture2", "capture1"], "failed_readings": ["load"], "spool_in_memory": true}'
),
('hostile', now() - interval '1 minute', '{"backlog_rows": "many", "unreadable_folders": "all", "version": [1]}'),
('not an object', now() - interval '1 minute', '[1]'),
('another collector', now() - interval '1 minute', null);

select results_eq(
    'select host_name collate "default", problem from incident.agent_health',
    $$
    values
        (
            'half-blind',
            '12 rows wait, for 4 min; 2 rows refused; clock 40 min behind; cannot read capture1, capture2; no load; '
            || 'spool in memory'
        ),
        ('hostile', 'cannot read all'),
        ('well', null)
    $$,
    'each host whose latest row comes from an agent, with what is wrong in words'
);

select results_eq(
    $$
    select version, backlog_rows, clock_offset_seconds, last_error, unreadable_folders, spool_in_memory
    from incident.agent_health
    where host_name = 'well'
    $$,
    $$ values ('0.1.0', 0::numeric, 0.2, 'not stored', '{}'::text[], false) $$,
    'the latest row counts'
);

insert into public.system_metrics (host_name, timestamp, agent)
values ('well', now() + interval '1 day', '{"quarantined": 1}');
select is(
    (
        select quarantined from incident.agent_health
        where host_name = 'well'
    ), 0::numeric,
    'a row from the future is not the latest'
);

select is(
    (
        select backlog_rows from incident.agent_health
        where host_name = 'hostile'
    ), null,
    'what is no number is none'
);

select is((select agents_in_trouble from incident.health), 2, 'health counts the agents in trouble');

select * from finish();
