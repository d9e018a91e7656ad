create or replace function incident_engine.known_until()
returns table (host_name text, known_to timestamptz)
language sql
stable
security definer
rows 100
set search_path = pg_catalog, pg_temp
begin atomic
    with copied as (
        select distinct substring(u.subname from '^pg_incident_site_(\d+)$')::integer as site
        from pg_subscription as u
        join pg_subscription_rel as r on u.oid = r.srsubid
        where r.srsubstate <> 'r' and u.subname ~ '^pg_incident_site_\d+$'
    )

    select
        h.host_name,
        s.known_to
    from (
        select
            k.site,
            -- As long as a table is still being copied nothing is known.
            case
                when k.site in (select c.site from copied as c) then '-infinity'
                else k.swept_to
            end as known_to
        from incident.site as k
        where k.site <> incident_engine.own_site()
        offset 0 -- once for each site, not for each host
    ) as s
    join incident.host as h on s.site = h.site;
end;

comment on function incident_engine.known_until() is
'At a central database: up to when the site of each host has looked. What lies after is not known, and counts as nothing. Hosts of this '
'database itself are not listed: at a site none is.';

revoke all on function incident_engine.known_until() from public;
grant execute on function incident_engine.known_until() to incident_viewer;
