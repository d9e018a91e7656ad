create or replace function incident.drop_adopted()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    in_use text;
begin
    if to_regnamespace('incident_adopted') is null then
        raise notice 'there is no schema incident_adopted';
        return;
    end if;
    if exists (
        select from pg_class as c
        left join incident_engine.adoption as a on c.relname = a.source
        where
            c.relnamespace = 'incident_adopted'::regnamespace
            and c.relname in ('system_metrics', 'system_device_metrics', 'system_incident')
            and a.finished_at is null
    ) then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = 'the old tables are not taken over yet',
            hint = 'make migrate';
    end if;
    in_use := (
        with recursive user_of as (
            select c.oid as relation, null::oid as dependent, null::text as name
            from pg_class as c
            where c.relnamespace = 'incident_adopted'::regnamespace
            union
            select r.ev_class, r.ev_class, c.relkind::text || ' ' || c.oid::regclass::text
            from user_of as u
            join pg_depend as d on d.refclassid = 'pg_class'::regclass and u.relation = d.refobjid and d.classid = 'pg_rewrite'::regclass
            join pg_rewrite as r on d.objid = r.oid
            join pg_class as c on r.ev_class = c.oid
            where c.relnamespace <> 'incident_adopted'::regnamespace
        )

        select string_agg(n.name, ', ' order by n.name)
        from (
            select case left(u.name, 1) when 'm' then 'materialized view' else 'view' end || substr(u.name, 2) as name
            from user_of as u
            where u.dependent is not null
            union
            select format('foreign key %s of %s', k.conname, k.conrelid::regclass)
            from pg_constraint as k
            join pg_class as c on k.confrelid = c.oid and c.relnamespace = 'incident_adopted'::regnamespace
            join pg_class as o on k.conrelid = o.oid and o.relnamespace <> 'incident_adopted'::regnamespace
            union
            select 'function ' || p.oid::regprocedure::text
            from pg_depend as d
            join pg_class as c on d.refobjid = c.oid and c.relnamespace = 'incident_adopted'::regnamespace
            join pg_proc as p on d.classid = 'pg_proc'::regclass and d.objid = p.oid
            where d.refclassid = 'pg_class'::regclass
        ) as n
    );
    if in_use is not null then
        raise exception using
            errcode = 'dependent_objects_still_exist',
            message = 'something still reads the old tables, and would be dropped with them',
            detail = in_use,
            hint = 'select * from incident.adoption_notes where outcome = ''by hand'' says what to do with each.';
    end if;
    drop schema incident_adopted cascade;
end
$$;

comment on function incident.drop_adopted() is
'Drops the tables of an earlier monitoring that were set aside, for the owner alone. Errors: 2BP01 while something still reads them, '
'each by name; 55000 until they are taken over.';

revoke all on function incident.drop_adopted() from public;
