create or replace function incident_engine.samples_from()
returns timestamptz
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select greatest(incident_engine.first_plausible(), s.samples_from) from incident_engine.sweep_state as s;
end;

comment on function incident_engine.samples_from() is
'Samples older than this are stored and not folded: they come from a clock that was never set, or from days of which retention has '
'removed the others, and history must not be made from what is left.';

revoke all on function incident_engine.samples_from() from public;
