-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.site_of(host_name text)
returns integer
language sql
stable
parallel safe
return coalesce(
    (
        select h.site from incident.host as h
        where h.host_name = site_of.host_name
    ),
    case when host_name is not null and incident_engine.is_copying() then -1 else incident_engine.own_site() end
);

comment on function incident_engine.site_of(text) is
'Number of the site that a host lives in: this one for a host that nobody has heard of, and for null, which stands for no host in '
'particular; -1 while the hosts of a site are still being copied to this database. What a site says of all its hosts holds for these alone.';

revoke all on function incident_engine.site_of(text) from public;
grant execute on function incident_engine.site_of(text) to incident_viewer;
