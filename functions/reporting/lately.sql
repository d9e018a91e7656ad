create or replace function incident_engine.lately(time_span text, as_of timestamptz)
returns text
language sql
stable
return case when as_of < now() then 'the ' || time_span || ' before' else 'the last ' || time_span end;

comment on function incident_engine.lately(text, timestamptz) is
'"the last 7 d", or "the 7 d before" for whoever asks for a moment of the past.';

revoke all on function incident_engine.lately(text, timestamptz) from public;
grant execute on function incident_engine.lately(text, timestamptz) to incident_viewer;
