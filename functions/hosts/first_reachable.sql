create or replace function incident_engine.first_reachable(
    span tstzrange, unreachable tstzmultirange, takes interval
)
returns timestamptz
language sql
immutable
parallel safe
return (
    select pg_catalog.min(pg_catalog.lower(heard))
    from pg_catalog.unnest(pg_catalog.tstzmultirange(span) - unreachable) as heard
    where pg_catalog.lower(heard) + takes <= pg_catalog.upper(heard)
);

comment on function incident_engine.first_reachable(tstzrange, tstzmultirange, interval) is
'From when on a silence is one''s own: the first moment of it from which one could have been heard for as long as a silence must last '
'to count (takes). unreachable: when one could not be heard whatever one did, from the last moment before it. Null when there is none.';

revoke all on function incident_engine.first_reachable(tstzrange, tstzmultirange, interval) from public;
