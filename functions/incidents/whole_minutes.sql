create or replace function incident_engine.whole_minutes(from_time timestamptz, to_time timestamptz)
returns integer
language sql
immutable
return case
    when from_time is null or to_time is null then null
    else pg_catalog.floor(greatest(extract(epoch from to_time - from_time), 0) / 60)::integer
end;

comment on function incident_engine.whole_minutes(timestamptz, timestamptz) is
'Minutes from one moment to another, rounded down, 0 when the second comes first, null when either is null.';

revoke all on function incident_engine.whole_minutes(timestamptz, timestamptz) from public;
