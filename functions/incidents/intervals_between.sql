create or replace function incident_engine.intervals_between(
    since timestamptz, until timestamptz, sample_interval interval
)
returns integer
language sql
immutable
-- Twenty-one are as good as any more: flapping looks back no further.
return least(round(extract(epoch from until - since) / extract(epoch from sample_interval)), 21)::integer;

comment on function incident_engine.intervals_between(timestamptz, timestamptz, interval) is
'How many sample intervals there are between two moments, up to 21.';

revoke all on function incident_engine.intervals_between(timestamptz, timestamptz, interval) from public;
