-- Takes over the rows of the tables that migrate.sql set aside in schema incident_adopted, if there are any:
--
--     psql -X -f db/adopt.sql
--
-- One transaction per step, so it can be stopped at any time and run again; hosts may write meanwhile. The old tables stay as
-- they are. `make migrate` runs this after migrate.sql.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
set client_min_messages = warning;

-- What migrate.sql set aside, as this role: reading what somebody else put there could run theirs with our rights.
select exists (
    select
    from pg_class as c
    join pg_namespace as n on c.relnamespace = n.oid
    where n.nspname = 'incident_adopted' and n.nspowner = current_user::regrole and c.relkind in ('r', 'p')
) as anything
\gset
\if :anything

-- Silence is known up to now: so every step leaves history and incidents exact up to its own last row.
select incident.sweep() \g /dev/null

-- In order of time, as they came: taken over in any other, a failure would be found in pieces. Rows whose space was used again
-- are put into order first.
select 'analyze incident_adopted.system_device_metrics'
where
    to_regclass('incident_adopted.system_device_metrics') is not null
    and not exists (select from incident_engine.adoption as a where a.source = 'system_device_metrics')
\gexec
select s.statement
from pg_stats as c
cross join lateral (
    values
    (1, 'drop index if exists incident_adopted.adopted_in_order'),
    (2, 'create index adopted_in_order on incident_adopted.system_device_metrics (timestamp)'),
    (3, 'cluster incident_adopted.system_device_metrics using adopted_in_order'),
    (4, 'drop index incident_adopted.adopted_in_order')
) as s (position, statement)
where
    c.schemaname = 'incident_adopted' and c.tablename = 'system_device_metrics' and c.attname = 'timestamp'
    and c.correlation < 0.95
    and not exists (select from incident_engine.adoption as a where a.source = 'system_device_metrics')
    and (select k.relkind from pg_class as k where k.oid = to_regclass('incident_adopted.system_device_metrics')) = 'r'
order by s.position
\gexec

insert into incident_engine.adoption (source, blocks)
select
    c.relname,
    -- A step reads so many blocks of every partition.
    (
        select max(pg_relation_size(part.oid))
        from (select c.oid union select p.relid from pg_partition_tree(c.oid) as p) as part (oid)
    ) / current_setting('block_size')::integer
from pg_class as c
where
    c.relnamespace = to_regnamespace('incident_adopted')
    and c.relkind in ('r', 'p')
    and c.relname in ('system_metrics', 'system_device_metrics')
on conflict do nothing;

-- What takes locks on all hosts' table, or long, stands alone, too.
select format('do $do$ begin perform incident_engine.note_duplicates(%L); end $do$', a.source)
from incident_engine.adoption as a
where a.next_block = 0 and a.finished_at is null
order by a.source
\gexec
select format('do $do$ begin perform incident_engine.ensure_partition(%L); end $do$', d)
from incident_engine.adopted_days() as d
\gexec

-- A statement per step, each a transaction of its own, so short that hosts that write meanwhile hardly wait.
select format('select s from incident_engine.adopt_next(%L) as s where s is not null', a.source)
from incident_engine.adoption as a
cross join generate_series(0, greatest(a.blocks - a.next_block - 1, 0) / 50)
where a.finished_at is null
order by a.source desc
\gexec
select incident_engine.settle_incidents() \g /dev/null

select format(
    '%s: %s rows read, %s taken over, %s in incident.not_adopted',
    a.source, a.rows_read, a.rows_adopted, a.rows_quarantined
)
from incident_engine.adoption as a
order by a.source;
select format('  %s %s rows of %s: %s', case when q.taken_over then 'of them' else 'quarantined' end, count(*), q.source, q.reason)
from incident_engine.quarantine as q
group by q.source, q.reason, q.taken_over
order by count(*) desc
limit 20;
select format(
    'incidents: %s, of which %s as they were recorded', count(*), count(*) filter (where i.as_recorded)
)
from public.system_incident as i
where i.retracted_at is null;
select format(
    'no sample tells of these, which were open and stay so; end what is over: select incident.resolve(%s);',
    string_agg(i.incident_id::text, ' | ' order by i.incident_id)
)
from public.system_incident as i
where i.as_recorded and i.status in ('open', 'in_progress')
having count(*) > 0;
select format(E'by hand: %s %s\n    %s', d.kind, d.name, d.advice)
from incident_engine.adoption_dependent as d
where d.outcome = 'by hand'
order by d.dependent_id;
select format('works on the new tables: %s', string_agg(d.kind || ' ' || d.name, ', ' order by d.dependent_id))
from incident_engine.adoption_dependent as d
where d.outcome = 'kept'
having count(*) > 0;
\echo The old tables are in schema incident_adopted. When all is well: select incident.drop_adopted();

\endif
