create or replace function incident_engine.is_copying()
returns boolean
language sql
stable
security definer
parallel safe
set search_path = pg_catalog, pg_temp
begin atomic
    select exists(
        select
        from pg_subscription as u
        join pg_subscription_rel as r on u.oid = r.srsubid
        where r.srsubstate <> 'r' and u.subname ~ '^pg_incident_site_\d+$'
    );
end;

comment on function incident_engine.is_copying() is
'Whether a table of a site is still being copied to this central database: a host that it does not know yet may be that site''s.';

revoke all on function incident_engine.is_copying() from public;
grant execute on function incident_engine.is_copying() to incident_viewer;
