create or replace function incident_engine.forget_site(site integer)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    published record;
begin
    if site is null or site = incident_engine.own_site() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('site %s is this database itself', coalesce(site::text, 'null')),
            hint = 'select * from incident.site lists the sites.';
    end if;
    for published in select p.* from incident_engine.published_tables as p order by p.position loop
        execute format('alter table %I.%I disable trigger user', published.schema_name, published.table_name);
        case published.told_by
            when 'site' then
                execute format(
                    'delete from %I.%I as r where r.site = $1', published.schema_name, published.table_name
                )
                using site;
            when 'number' then
                execute format(
                    'delete from %I.%I as r where r.change_id / 10000000000 = $1', published.schema_name,
                    published.table_name
                )
                using site;
            else
                execute format(
                    'delete from %I.%I as r where r.host_name in (select h.host_name from incident.host as h where h.site = $1)',
                    published.schema_name, published.table_name
                )
                using site;
        end case;
        execute format('alter table %I.%I enable trigger user', published.schema_name, published.table_name);
    end loop;
end
$$;

comment on function incident_engine.forget_site(integer) is
'At a central database: removes the copy of a site, which keeps all of it. Errors: 22023.';

revoke all on function incident_engine.forget_site(integer) from public;
