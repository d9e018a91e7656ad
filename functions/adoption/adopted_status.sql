create or replace function incident_engine.adopted_status(status text)
returns text
language sql
immutable
return case
    when lower(btrim(status)) in ('active', 'stuck', 'stopped') then lower(btrim(status))
    else 'unknown'
end;

comment on function incident_engine.adopted_status(text) is
'Status of an adopted sample: any other word than active, stuck and stopped means that the collector could not tell (unknown).';

revoke all on function incident_engine.adopted_status(text) from public;
