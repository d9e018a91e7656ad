create or replace function incident_engine.time_in(spans tstzmultirange)
returns interval
language sql
immutable
parallel safe
return (select coalesce(sum(upper(span) - lower(span)), interval '0') from unnest(spans) as span);

comment on function incident_engine.time_in(tstzmultirange) is
'How long the spans are together.';

revoke all on function incident_engine.time_in(tstzmultirange) from public;
grant execute on function incident_engine.time_in(tstzmultirange) to incident_viewer;
