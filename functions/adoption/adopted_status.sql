create or replace function incident_engine.adopted_status(status text)
returns text
language sql
immutable
return case
    when lower(btrim(coalesce(status, ''))) in ('', 'error') then 'unknown'
    else lower(btrim(status))
end;

comment on function incident_engine.adopted_status(text) is
'Status of an adopted sample: null, empty and error mean that the collector could not tell (unknown).';

revoke all on function incident_engine.adopted_status(text) from public;
