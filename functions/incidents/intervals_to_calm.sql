create or replace function incident_engine.intervals_to_calm(changes bit(20), stop_percent numeric)
returns integer
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    for intervals in 0 .. 20 loop
        if incident_engine.flapping_percent(changes << intervals) <= stop_percent then
            return intervals;
        end if;
    end loop;
    return null;
end
$$;

comment on function incident_engine.intervals_to_calm(bit, numeric) is
'How many intervals without a change it takes until flapping has fallen to stop_percent.';

revoke all on function incident_engine.intervals_to_calm(bit, numeric) from public;
