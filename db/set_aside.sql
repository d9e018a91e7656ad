-- Included by migrate.sql. Plain tables, or what an uninstalled pg_incident has left, with the names of the contract that were here before pg_incident are set aside in
-- schema incident_adopted; `make migrate` then runs db/adopt.sql, which takes their rows over.

do $$
declare
    name text;
    kind "char";
    partition regclass;
begin
    if exists (select from incident_engine.migration) then
        return;
    end if;
    foreach name in array array['system_metrics', 'system_device_metrics', 'system_incident'] loop
        kind := (
            select c.relkind
            from pg_class as c
            join pg_namespace as n on c.relnamespace = n.oid
            where n.nspname = 'public' and c.relname = name
        );
        continue when kind is null;

        -- Reading a view runs what its owner put into it, with the rights of who deploys.
        if kind not in ('r', 'p') then
            raise exception using
                errcode = 'wrong_object_type',
                message = format('public.%s is there already and is not a plain table', name),
                hint = format('Rename it, or move it to another schema: public.%s is where metric rows will go.', name);
        end if;
        if to_regnamespace('incident_adopted') is null then
            create schema incident_adopted;
        elsif to_regnamespace('incident_adopted')::oid not in (
            select n.oid from pg_namespace as n where n.nspowner = current_user::regrole
        ) then
            raise exception using
                errcode = 'insufficient_privilege',
                message = 'schema incident_adopted is there already and belongs to somebody else',
                hint = 'Rename or drop it: the tables of the earlier monitoring are moved to a new schema of that name.';
        end if;
        for partition in
            select format('public.%I', name)::regclass
            union
            select p.relid from pg_partition_tree(format('public.%I', name)) as p
        loop
            execute format('alter table %s set schema incident_adopted', partition);
            -- We are to read all of it.
            execute format('alter table %s no force row level security', partition);
        end loop;
    end loop;
end
$$;
