create or replace function incident_engine.commit_delay()
returns interval
language sql
immutable
parallel safe
return interval '10 minutes';

comment on function incident_engine.commit_delay() is
'How long after it was written a row may be committed and still be found by the next round: whoever asks what is new looks back as far.';

revoke all on function incident_engine.commit_delay() from public;
