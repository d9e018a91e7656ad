create or replace function incident_engine.intervals_to_calm(
    changes bit(20), stop_percent numeric, at_most integer default 20
)
returns integer
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Asked of every run of what flaps, and mostly the run is too short.
    if incident_engine.flapping_percent(changes << at_most) > stop_percent then
        return null;
    end if;
    for intervals in 0 .. at_most loop
        if incident_engine.flapping_percent(changes << intervals) <= stop_percent then
            return intervals;
        end if;
    end loop;
    return null;
end
$$;

comment on function incident_engine.intervals_to_calm(bit, numeric, integer) is
'How many intervals without a change it takes until flapping has fallen to stop_percent; null when it takes more than at_most.';

revoke all on function incident_engine.intervals_to_calm(bit, numeric, integer) from public;
