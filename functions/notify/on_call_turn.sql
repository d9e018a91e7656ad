create or replace function incident_engine.on_call_turn(rotation incident.rotation, turn integer)
returns timestamptz
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select incident_engine.local_moment(
        (rotation).starts_on
        + turn * case (rotation).handover_every when 'week' then 7 else 1 end
        + (rotation).handover_at,
        (rotation).time_zone
    );
end;

comment on function incident_engine.on_call_turn(incident.rotation, integer) is
'When a turn of a rotation begins, the first being 0: at the same time of the local clock whatever daylight saving does to it.';

revoke all on function incident_engine.on_call_turn(incident.rotation, integer) from public;
grant execute on function incident_engine.on_call_turn(incident.rotation, integer) to incident_viewer;
