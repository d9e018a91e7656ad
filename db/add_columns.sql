-- Included by migrate.sql. Columns that the tables of an earlier monitoring have and ours have not are added to ours, empty: its
-- collectors go on naming them, and its views go on reading them. So are defaults where ours have none.

do $$
declare
    theirs record;
begin
    for theirs in
        select t.name as table_name, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
        from pg_temp.earlier_table as t
        join pg_attribute as a on t.oid = a.attrelid
        where
            a.attnum > 0
            and not a.attisdropped
            and not exists (
                select from pg_attribute as o
                where o.attrelid = to_regclass('public.' || quote_ident(t.name)) and o.attname = a.attname
            )
        order by t.name, a.attnum
    loop
        execute format('alter table public.%I add column %I %s', theirs.table_name, theirs.name, theirs.type);
        insert into incident_engine.adoption_dependent (kind, name, outcome)
        values ('column', format('%s of %s', theirs.name, theirs.table_name), 'kept');
    end loop;

    -- What a collector leaves out.
    for theirs in
        select t.name as table_name, a.attname as name, pg_get_expr(d.adbin, d.adrelid) as expression
        from pg_temp.earlier_table as t
        join pg_attrdef as d on t.oid = d.adrelid
        join pg_attribute as a on t.oid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
        join pg_attribute as o
            on o.attrelid = to_regclass('public.' || quote_ident(t.name)) and a.attname = o.attname and not o.atthasdef
        where
            o.attidentity = ''
            and a.atttypid = o.atttypid
            and pg_get_expr(d.adbin, d.adrelid) !~ 'nextval'
        order by t.name, a.attnum
    loop
        execute format(
            'alter table public.%I alter column %I set default %s', theirs.table_name, theirs.name, theirs.expression
        );
    end loop;
end
$$;
