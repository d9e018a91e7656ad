create or replace function incident_engine.last_place(moment timestamptz, edges timestamptz[])
returns integer
language sql
immutable
parallel safe
return width_bucket(moment, edges) - (edges[width_bucket(moment, edges)] is not distinct from moment)::integer;

comment on function incident_engine.last_place(timestamptz, timestamptz[]) is
'Number of the place between two edges that what ends at a moment still reaches into. Null for null.';

revoke all on function incident_engine.last_place(timestamptz, timestamptz[]) from public;
grant execute on function incident_engine.last_place(timestamptz, timestamptz[]) to incident_viewer;
