-- Included by migrate.sql after all is made. What default privileges of the deployer gave to roles of the site on new objects of our
-- schemas is taken back: there each right is given by name. What somebody granted on purpose was there before and stays.

do $$
declare
    given record;
begin
    for given in
        select distinct o.kind, o.identity, a.grantee::regrole as grantee
        from (
            select 'schema' as kind, quote_ident(n.nspname) as identity, n.oid, n.nspacl as acl, n.nspowner as owner
            from pg_namespace as n
            where n.nspname in ('incident', 'incident_engine')
            union all
            select case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass::text, c.oid, c.relacl, c.relowner
            from pg_class as c
            where
                c.relnamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S')
                -- What roles could do with the tables of an earlier monitoring is given back by name.
                or c.oid in (select to_regclass('public.' || quote_ident(e.name)) from pg_temp.earlier_table as e)
                or c.oid = 'public.system_incident_incident_id_seq'::regclass and not exists (select from pg_temp.known_object)
            union all
            select 'routine', p.oid::regprocedure::text, p.oid, p.proacl, p.proowner
            from pg_proc as p
            where p.pronamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
        ) as o
        cross join lateral aclexplode(o.acl) as a
        where
            o.oid not in (select k.oid from pg_temp.known_object as k)
            and a.grantee not in (0, o.owner)
            and a.grantee not in (
                select r.oid from pg_roles as r
                where r.rolname in ('incident_agent', 'incident_viewer', 'incident_operator', 'incident_admin', 'incident_notifier')
            )
            and a.grantee in (
                select g.grantee
                from pg_default_acl as d
                cross join lateral aclexplode(d.defaclacl) as g
                where d.defaclrole = current_user::regrole
            )
    loop
        execute format('revoke all on %s %s from %s', given.kind, given.identity, given.grantee);
    end loop;
end
$$;
