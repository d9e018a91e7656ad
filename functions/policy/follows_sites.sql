create or replace function incident_engine.follows_sites()
returns boolean
language sql
stable
security definer
parallel safe
set search_path = pg_catalog, pg_temp
begin atomic
    select exists(
        select from incident.site as s
        where s.site <> incident_engine.own_site()
    );
end;

comment on function incident_engine.follows_sites() is
'Whether this is a central database: one that shows the hosts of other sites, and has none of its own but those that stand for a site.';

revoke all on function incident_engine.follows_sites() from public;
grant execute on function incident_engine.follows_sites() to incident_viewer;
