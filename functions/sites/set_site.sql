create or replace function incident_engine.set_site(site integer)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    known constant integer := incident_engine.own_site();
    first_given constant bigint := greatest(site * 10000000000, 1);
    last_number constant bigint := site * 10000000000 + 9999999999;
    numbered record;
    is_used boolean;
begin
    if coalesce(site not between 0 and 99999, true) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('a site has a number from 0 to 99999, not %s', coalesce(site::text, 'null')),
            hint = 'make migrate SITE=3';
    end if;
    if site = known then
        return;
    end if;
    if exists (select from incident.site) then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = format('this database is site %s and cannot become site %s', known, site),
            detail = 'It is known by its number: it publishes, or follows sites.',
            hint = 'A site gets its number before anything else: make migrate SITE=3 in a new database.';
    end if;

    for numbered in select n.* from incident_engine.numbered_columns as n loop
        -- The row that an installation starts with does not count: it is numbered anew below.
        execute format(
            'select exists (select from %I.%I offset %L)',
            numbered.schema_name, numbered.table_name, (numbered.table_name in ('policy', 'route'))::integer
        )
        into is_used;
        if is_used or exists (select from incident.host) then
            raise exception using
                errcode = 'object_not_in_prerequisite_state',
                message = format('this database is site %s and cannot become site %s', known, site),
                detail = format('It has given numbers away already, in %I.', numbered.table_name),
                hint = 'A site gets its number before its first row: make migrate SITE=3 in a new database.';
        end if;
    end loop;

    for numbered in select n.* from incident_engine.numbered_columns as n loop
        execute format(
            'alter table %I.%I alter column %I set minvalue %s set maxvalue %s set start %s restart',
            numbered.schema_name, numbered.table_name, numbered.column_name, first_given, last_number, first_given
        );
    end loop;
    execute format('alter table incident.host alter column site set default %s', site);
    execute format('alter table incident.outage alter column site set default %s', site);
    execute format('alter table incident.policy alter column site set default %s', site);

    update incident_engine.own_site as o set site = set_site.site where o.only_row;
    update incident.policy as p set policy_id = default, site = default where p.site = known;
    update incident.outage as u set site = default where u.site = known;
    update incident.route as r set route_id = default where r.route_id is not null;
end
$$;

comment on function incident_engine.set_site(integer) is
'Gives this database its number among the sites, 0 to 99999: all numbers that it gives away (incidents, entries of timelines, '
'maintenance ...) then begin at site * 10000000000, so that those of two sites never meet. Once only, before the first host. '
'The number that it has is no error. Errors: 22023, and 55000 once something is numbered.';

revoke all on function incident_engine.set_site(integer) from public;
