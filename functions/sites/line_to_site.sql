create or replace function incident_engine.line_to_site()
returns table (site integer, is_enabled boolean, is_running boolean, is_copying boolean)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    select
        s.site,
        u.subenabled as is_enabled,
        a.pid is not null as is_running,
        exists(
            select from pg_subscription_rel as r
            where r.srsubid = u.oid and r.srsubstate <> 'r'
        ) as is_copying
    from incident.site as s
    join pg_subscription as u on u.subname = 'pg_incident_site_' || s.site
    join pg_database as d on u.subdbid = d.oid and d.datname = current_database()
    left join pg_stat_subscription as a on u.oid = a.subid and a.relid is null and a.pid is not null;
end;

comment on function incident_engine.line_to_site() is
'How the subscription to each site that this database follows is doing: enabled, its worker running, tables still being copied.';

revoke all on function incident_engine.line_to_site() from public;
grant execute on function incident_engine.line_to_site() to incident_viewer;
