create or replace view incident.health as
with found as (
    select
        nullif(s.swept_to, '-infinity') as swept_to,
        extract(epoch from now() - nullif(s.swept_to, '-infinity')) as lag_seconds,
        s.swept_to > now() - incident_engine.sweep_patience() as is_running,
        (
            select count(*) from incident_engine.error as e
            where e.repaired_at is null and not incident_engine.is_deferral(e.sqlstate)
        ) as errors_waiting,
        (
            select min(e.occurred_at) from incident_engine.error as e
            where e.repaired_at is null and not incident_engine.is_deferral(e.sqlstate)
        ) as oldest_error_at,
        (
            select coalesce(sum(jsonb_array_length(e.touched)), 0)::bigint from incident_engine.error as e
            where e.repaired_at is null and incident_engine.is_deferral(e.sqlstate)
        ) as spans_waiting,
        (
            select count(*)::integer
            from pg_inherits as p
            join pg_class as c on p.inhrelid = c.oid
            where
                p.inhparent = 'public.system_device_metrics'::regclass
                and c.relname >= 'system_device_metrics_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')
                and c.relname ~ '_[0-9]{8}$'
        ) as partitions_ahead,
        incident_engine.sweep_driver() as driven_by,
        s.is_scheduled,
        -- Rows that waited in a host's spool; the host's own rows go through it too, and are few.
        (
            select max(greatest(extract(epoch from m.created_at - m.timestamp), 0)) from public.system_metrics as m
            where m.created_at > now() - interval '1 hour'
        ) as late_seconds,
        (select r.keep_samples from incident.retention as r) as keep_samples,
        nullif(s.samples_from, '-infinity') as samples_from,
        (
            select
                'rows of ' || string_agg(distinct o.host_name, ', ') || ' dated back to ' || min(o.oldest)::date
                || ' count for nothing: a clock is wrong, or incident.set_accept_late() is for them'
            from incident_engine.old_sample as o
            where o.noticed_at > now() - interval '1 hour'
        ) as old_samples,
        (
            select count(*)::integer
            from pg_inherits as p
            join pg_class as c on p.inhrelid = c.oid
            where
                p.inhparent = 'public.system_device_metrics'::regclass
                and c.relname < 'system_device_metrics_' || to_char(s.samples_from at time zone 'UTC', 'YYYYMMDD')
                and c.relname ~ '_[0-9]{8}$'
        ) as partitions_to_drop,
        incident_engine.telling_problem() as telling_problem,
        incident_engine.shared_names() as shared_names,
        incident_engine.wrong_clocks() as wrong_clocks,
        (
            select 'not heard for 3 minutes: ' || string_agg('site ' || w.name, ', ' order by w.name)
            from incident.site as w
            where w.site <> incident_engine.own_site() and w.swept_to < now() - interval '3 minutes'
        ) as silent_sites
    from incident_engine.sweep_state as s
)

select
    f.swept_to,
    f.lag_seconds,
    f.is_running,
    f.errors_waiting,
    f.oldest_error_at,
    f.partitions_ahead,
    (
        f.is_running and f.errors_waiting = 0 and f.partitions_ahead > 1
        and f.telling_problem is null and f.shared_names is null and f.wrong_clocks is null
        and f.silent_sites is null
    ) as healthy,
    nullif(
        concat_ws(
            '; ',
            case
                when f.swept_to is null then 'the sweep has never run'
                when not f.is_running
                    then 'the last sweep was ' || floor(f.lag_seconds / 60) || ' min ago'
            end,
            case when f.errors_waiting > 0 then f.errors_waiting || ' errors of the engine wait for repair' end,
            case when f.partitions_ahead <= 1 then 'the partition for tomorrow is missing' end,
            f.telling_problem,
            f.old_samples,
            f.shared_names,
            f.wrong_clocks,
            f.silent_sites
        ),
        ''
    ) as problem,
    case when f.is_scheduled and f.driven_by <> 'pg_cron' then 'pg_cron lost its job' else f.driven_by end as driven_by,
    f.late_seconds,
    f.keep_samples,
    f.samples_from,
    f.partitions_to_drop,
    f.spans_waiting,
    (
        select count(*)::integer from incident.agent_health as a
        where a.problem is not null
    ) as agents_in_trouble
from found as f;

comment on view incident.health is
'Is the engine well? One row. healthy: the sweep runs, no error waits, the partition for tomorrow exists, people are told what is '
'due, no two machines report under one name, all clocks are right, and at a central database every site is heard.';
comment on column incident.health.swept_to is 'Up to when the sweep has looked; null when it never ran.';
comment on column incident.health.lag_seconds is 'How long ago that is.';
comment on column incident.health.is_running is 'Whether that is less than 3 minutes ago.';
comment on column incident.health.errors_waiting is 'Errors that the fail-safe caught and no retry has repaired.';
comment on column incident.health.oldest_error_at is 'When the oldest of them happened.';
comment on column incident.health.partitions_ahead is 'Day partitions of system_device_metrics from today (UTC) on.';
comment on column incident.health.problem is 'What is wrong, in words; null when healthy.';
comment on column incident.health.driven_by is
'What sets the sweep off: pg_cron, host metrics (rows of system_metrics, which arrived in the last 5 minutes), or nothing.';
comment on column incident.health.late_seconds is
'How late the oldest row of system_metrics was that arrived within the last hour: what a host''s spool held back. Null: none arrived.';
comment on column incident.health.keep_samples is 'How long samples are kept; null: for ever.';
comment on column incident.health.samples_from is
'Retention has removed samples before this; rows older than this change nothing any more. Null: it never removed any.';
comment on column incident.health.spans_waiting is
'What was left for later because somebody held a host or the round of the sweep had no time left: the next round folds it.';
comment on column incident.health.partitions_to_drop is 'Day partitions older than that, which the sweep drops one a round.';
comment on column incident.health.agents_in_trouble is
'Host agents that cannot send, read or tell all they should: see agent_health. The engine is healthy all the same.';

revoke all on incident.health from public;
grant select on incident.health to incident_viewer;
