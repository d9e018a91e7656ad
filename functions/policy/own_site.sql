create or replace function incident_engine.own_site()
returns integer
language sql
stable
security definer
parallel safe
set search_path = pg_catalog, pg_temp
begin atomic
    select o.site from incident_engine.own_site as o;
end;

comment on function incident_engine.own_site() is
'Number of the site that this database is: 0 unless it was given another (incident_engine.set_site).';

revoke all on function incident_engine.own_site() from public;
grant execute on function incident_engine.own_site() to incident_viewer;
