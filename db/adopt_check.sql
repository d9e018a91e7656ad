-- What make migrate would do with the tables of an earlier monitoring, and what a person has to do; it changes nothing:
--
--     psql -X -f db/adopt_check.sql

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned
begin isolation level read committed;
set local search_path = pg_catalog, pg_temp;
\ir dependents.sql
select format('%s: about %s rows, %s', t.name, c.reltuples::bigint, pg_size_pretty(pg_total_relation_size(t.oid)))
from earlier_table as t
join pg_class as c on t.oid = c.oid
order by t.name;
select 'There is nothing to adopt: no plain tables of an earlier monitoring.' where not exists (select from earlier_table);
select format('%s: this role does not own it (%s does); migrate as %2$s', t.name, t.owner::regrole)
from earlier_table as t
where not pg_has_role(t.owner, 'usage');
select format('will work on: %s %s', d.kind, d.name) from dependent as d where d.outcome = 'kept' order by d.position;
select format(E'by hand: %s %s\n    %s', d.kind, d.name, d.advice) from dependent as d where d.outcome = 'by hand' order by d.position;
rollback;
\echo Nothing was changed. Next: make migrate
