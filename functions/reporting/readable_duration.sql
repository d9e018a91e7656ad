-- Its pieces are cast to text by name: what || makes of other types is not immutable, and such a body is not inlined.
create or replace function incident_engine.readable_duration(seconds numeric)
returns text
language sql
immutable
parallel safe
return case when seconds < 0 then '-' else '' end || case
    when abs(seconds) < 60 then trunc(abs(seconds))::text || ' s'
    when abs(seconds) < 3600 then trunc(abs(seconds) / 60)::text || ' min'
    when abs(seconds) < 86400
        then trunc(abs(seconds) / 3600)::text || ' h ' || trunc(mod(abs(seconds), 3600) / 60)::text || ' min'
    else trunc(abs(seconds) / 86400)::text || ' d ' || trunc(mod(abs(seconds), 86400) / 3600)::text || ' h'
end;

comment on function incident_engine.readable_duration(numeric) is
'Seconds for people: 45 s, 12 min, 3 h 5 min, 2 d 4 h; rounded down to what is shown. Null for null.';

revoke all on function incident_engine.readable_duration(numeric) from public;
grant execute on function incident_engine.readable_duration(numeric) to incident_viewer;
