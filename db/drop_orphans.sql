-- Included by migrate.sql after the functions. What an earlier deployment made and this one did not is dropped: functions, views
-- and triggers that no file holds any more. What somebody else has put into the schemas was never written down and stays.

create temporary view our_object as
select o.type, o.identity, made.xmin = pg_current_xact_id()::xid as is_new
from (
    select 'pg_proc'::regclass as catalog, p.oid, p.xmin
    from pg_proc as p
    where p.pronamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
    union all
    select 'pg_class'::regclass, c.oid, r.xmin
    from pg_class as c
    join pg_rewrite as r on c.oid = r.ev_class
    where c.relkind = 'v' and c.relnamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
    union all
    select 'pg_trigger'::regclass, t.oid, t.xmin
    from pg_trigger as t
    join pg_proc as p on t.tgfoid = p.oid
    where
        not t.tgisinternal
        and t.tgparentid = 0
        and p.pronamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
) as made
cross join lateral pg_identify_object(made.catalog, made.oid, 0) as o;

create temporary table orphan on commit drop as
select d.type, d.identity
from incident_engine.deployed_object as d
join our_object as o on d.type = o.type and d.identity = o.identity
where not o.is_new;

do $$
declare
    orphan record;
    left_over integer;
    left_before integer;
    problem text;
    problems text;
begin
    -- Triggers before their functions; the rest again and again, as long as one of them depends on another.
    loop
        left_over := 0;
        problems := '';
        for orphan in select o.* from orphan as o order by o.type <> 'trigger', o.type, o.identity loop
            begin
                execute format('drop %s if exists %s', orphan.type, orphan.identity);
            exception
                when dependent_objects_still_exist then
                    get stacked diagnostics problem = pg_exception_detail;
                    problems := concat_ws(e'\n', nullif(problems, ''), problem);
                    left_over := left_over + 1;
            end;
        end loop;
        exit when left_over = 0;
        if left_over = left_before then
            raise exception using
                errcode = 'dependent_objects_still_exist',
                message = 'something depends on what is no longer part of pg_incident',
                detail = problems,
                hint = 'Drop or change it, then deploy again.';
        end if;
        left_before := left_over;
    end loop;
end
$$;

delete from incident_engine.deployed_object;
insert into incident_engine.deployed_object (type, identity)
select o.type, o.identity
from our_object as o
where o.is_new;
drop view our_object;
