-- Inlined: no pinned search_path.
create or replace function incident_engine.utc_minute(moment timestamptz)
returns text
language sql
stable
return case
    when isfinite(moment)
        then pg_catalog.to_char(
                moment at time zone 'UTC',
                case
                    when date_trunc('minute', moment) = moment then 'YYYY-MM-DD HH24:MI'
                    else 'YYYY-MM-DD HH24:MI:SS'
                end
            )
    when moment = 'infinity' then 'still'
    else moment::text
end;

comment on function incident_engine.utc_minute(timestamptz) is
'A moment for people, in UTC, with seconds where it has some: 2026-03-02 10:05; still for infinity.';

revoke all on function incident_engine.utc_minute(timestamptz) from public;
grant execute on function incident_engine.utc_minute(timestamptz) to incident_viewer;
