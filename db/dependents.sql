-- Included by migrate.sql before it sets the tables of an earlier monitoring aside, and by adopt_check.sql: what depends on them, from
-- the catalogs alone, and what becomes of it. outcome: kept (statement makes it anew), or by hand (advice says what to do).

create temporary table earlier_table on commit drop as
select c.oid, c.relname as name, c.relowner as owner, c.relrowsecurity as has_row_security, c.relacl as acl
from pg_class as c
where
    c.relnamespace = 'public'::regnamespace
    and c.relkind in ('r', 'p')
    and c.relname in ('system_metrics', 'system_device_metrics', 'system_incident')
    and to_regclass('incident_engine.agent_host') is null;

create temporary table dependent on commit drop as
with recursive viewed as (
    select r.ev_class as oid, 1 as depth
    from earlier_table as t
    join
        pg_depend as d
        on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite as r on d.objid = r.oid
    where r.ev_class not in (select e.oid from earlier_table as e)
    union
    select r.ev_class, v.depth + 1
    from viewed as v
    join
        pg_depend as d
        on d.refclassid = 'pg_class'::regclass and v.oid = d.refobjid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite as r on d.objid = r.oid
    where r.ev_class <> v.oid
),

held as (
    select
        t.name as table_name,
        t.oid,
        t.has_row_security,
        a.grantee,
        a.privilege_type as privilege,
        case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end as role,
        coalesce(r.rolbypassrls, false) or not t.has_row_security as sees_all,
        coalesce(r.rolname, 'public') as role_name
    from earlier_table as t
    cross join lateral aclexplode(coalesce(t.acl, acldefault('r', t.owner))) as a
    left join pg_roles as r on a.grantee = r.oid
    where a.grantee <> current_user::regrole and not coalesce(r.rolsuper, false)
),

found as (
    select
        10 as step,
        v.depth,
        case c.relkind when 'm' then 'materialized view' else 'view' end as kind,
        c.oid::regclass::text as name,
        c.relkind = 'v' and pg_has_role(c.relowner, 'usage') as is_kept,
        format(
            'create or replace view %s%s as %s', c.oid::regclass,
            ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)
        )
        -- Should it have to be dropped first.
        || format(' alter view %s owner to %s;', c.oid::regclass, c.relowner::regrole)
        || format(' comment on view %s is %L;', c.oid::regclass, obj_description(c.oid, 'pg_class'))
        || coalesce((
            select
                string_agg(
                    format(
                        ' grant %s on %s to %s;', a.privilege_type, c.oid::regclass,
                        case when a.grantee = 0 then 'public' else a.grantee::regrole::text end
                    ), ''
                )
            from aclexplode(c.relacl) as a
        ), '') as statement,
        case
            when
                c.relkind = 'm'
                then format(
                        'drop it and create it again: create materialized view %s as %s',
                        c.oid::regclass,
                        pg_get_viewdef(c.oid)
                    )
            else format(
                    'as %s: create or replace view %s as %s',
                    c.relowner::regrole,
                    c.oid::regclass,
                    pg_get_viewdef(c.oid)
                )
        end as advice
    from (
        select w.oid, max(w.depth) as depth from viewed as w
        group by w.oid
    ) as v
    join pg_class as c on v.oid = c.oid
    union all
    select
        20, 0, 'rule', format('%s on %s', r.rulename, t.name), false, null,
        'it does nothing any more; what it did, do in a trigger: ' || pg_get_ruledef(r.oid)
    from earlier_table as t
    join pg_rewrite as r on t.oid = r.ev_class
    union all
    select
        30, 0, 'trigger', format('%s on %s', g.tgname, t.name), false, null,
        'it fires no more; create it again, after this: ' || pg_get_triggerdef(g.oid)
    from earlier_table as t
    join pg_trigger as g on t.oid = g.tgrelid
    where not g.tgisinternal
    union all
    select
        90, 0, 'foreign key', format('%s of %s', k.conname, k.conrelid::regclass),
        t.name = 'system_incident' and pg_has_role(c.relowner, 'usage'),
        format(
            'alter table %s drop constraint %I, add constraint %2$I %s',
            k.conrelid::regclass,
            k.conname,
            pg_get_constraintdef(k.oid)
        ),
        format(
            'it checks against the old table; drop it: alter table %s drop constraint %I',
            k.conrelid::regclass,
            k.conname
        )
    from earlier_table as t
    join pg_constraint as k on t.oid = k.confrelid and k.contype = 'f'
    join pg_class as c on k.conrelid = c.oid
    where k.conrelid <> t.oid
    union all
    select
        40, 0, 'foreign key', format('%s of %s', k.conname, t.name), false, null,
        'it is not there any more: ' || pg_get_constraintdef(k.oid)
    from earlier_table as t
    join pg_constraint as k on t.oid = k.conrelid and k.contype = 'f'
    union all
    select
        50, 0, 'publication', format('%s of %s', p.pubname, t.name),
        pg_has_role(p.pubowner, 'usage') and m.prqual is null and m.prattrs is null,
        format(
            'alter publication %1$I add table public.%2$I; alter publication %1$I drop table incident_adopted.%2$I',
            p.pubname,
            t.name
        ),
        format('alter publication %I add table public.%I', p.pubname, t.name)
    from earlier_table as t
    join pg_publication_rel as m on t.oid = m.prrelid
    join pg_publication as p on m.prpubid = p.oid
    union all
    select
        60, 0, 'policy', format('%s on %s', p.polname, t.name), false, null,
        format(
            'it is not there any more (%s): SELECT reads every row; incident.allow_agent() says who inserts what',
            concat_ws(
                ', ',
                case p.polcmd
                    when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else
                        'all'
                end,
                'using ' || pg_get_expr(p.polqual, p.polrelid), 'with check ' || pg_get_expr(p.polwithcheck, p.polrelid)
            )
        )
    from earlier_table as t
    join pg_policy as p on t.oid = p.polrelid
    union all
    select
        70, 0, 'right', format('%s on %s of %s', h.privilege, h.table_name, h.role_name),
        h.sees_all,
        format('grant select on public.%I to %s', h.table_name, h.role),
        format(
            'row security kept rows from it; if it may see them all: grant select on public.%I to %s',
            h.table_name,
            h.role
        )
    from held as h
    where h.privilege = 'SELECT'
    union all
    select
        71, 0, 'right', format('%s on %s of %s', h.privilege, h.table_name, h.role_name),
        h.grantee <> 0 and (h.sees_all or exists (
            select from pg_policy as p
            where
                p.polrelid = h.oid
                and p.polcmd in ('a', '*')
                and (
                    p.polroles = '{0}' or exists (
                        select from unnest(p.polroles) as r
                        where pg_has_role(h.grantee, r, 'usage')
                    )
                )
        )),
        format(
            'grant insert on public.%I to %s; '
            'insert into incident_engine.agent_host (login, host_name) values (%L, ''*'') on conflict do nothing',
            h.table_name, h.role, h.role_name
        ),
        format(
            'if it may write rows of metrics: grant insert on public.%I to %s; select incident.allow_agent(%L, ''*'')',
            h.table_name, h.role, h.role_name
        )
    from held as h
    where h.privilege = 'INSERT' and h.table_name <> 'system_incident'
    union all
    select
        72,
        0,
        'right',
        format('%s on %s of %s', string_agg(h.privilege, ', ' order by h.privilege), h.table_name, h.role_name),
        false, null,
        case h.table_name
            when
                'system_incident'
                then format('people work on incidents by functions: grant incident_operator to %s', h.role)
            else 'samples are not changed; retention removes them: select incident.set_retention(''90 days'')'
        end
    from held as h
    where
        h.privilege in ('UPDATE', 'DELETE', 'TRUNCATE')
        or h.privilege = 'INSERT' and h.table_name = 'system_incident'
    group by h.table_name, h.role, h.role_name
    union all
    select
        80, 0, 'function', p.oid::regprocedure::text, false, null,
        'its body is bound to the old table; create it again'
    from earlier_table as t
    join
        pg_depend as d
        on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid and d.classid = 'pg_proc'::regclass
    join pg_proc as p on d.objid = p.oid
    union all
    select
        81, 0, 'function', p.oid::regprocedure::text, false, null,
        'it names system_incident and will find the new table; should it write there, it is refused'
    from pg_proc as p
    where
        exists (
            select from earlier_table as t
            where t.name = 'system_incident'
        )
        and p.prosrc ~* '(insert +into|update|delete +from) +(public\.)?system_incident\M'
        and p.pronamespace not in (
            select n.oid from pg_namespace as n
            where n.nspname in ('pg_catalog', 'information_schema')
        )
)

select
    row_number() over (order by f.step, f.depth, f.name) as position,
    f.kind,
    f.name,
    case when f.is_kept then 'kept' else 'by hand' end as outcome,
    case when f.is_kept then f.statement end as statement,
    f.advice
from found as f;
