create or replace function incident_engine.intervals_to_calm(changes bit(20), stop_percent numeric)
returns integer
language sql
immutable
set search_path = pg_catalog, pg_temp
return (
    select min(n)::integer
    from generate_series(0, 20) as n
    where incident_engine.flapping_percent(changes << n::integer) <= stop_percent
);

comment on function incident_engine.intervals_to_calm(bit, numeric) is
'How many intervals without a change it takes until flapping has fallen to stop_percent.';

revoke all on function incident_engine.intervals_to_calm(bit, numeric) from public;
