create or replace function incident_engine.refuse_row_of_site()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    subject constant jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
    home constant integer := case
        when subject ->> 'host_name' is not null and tg_relid <> 'incident.host'::regclass
            then incident_engine.site_of(subject ->> 'host_name')
        else coalesce((subject ->> 'site')::integer, ((subject ->> 'change_id')::bigint / 10000000000)::integer)
    end;
    name constant text := (select s.name from incident.site as s where s.site = home);
begin
    if home = incident_engine.own_site() then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    raise exception using
        errcode = 'IN003',
        message = format(
            '%s lives at site %s', coalesce('host ' || (subject ->> 'host_name'), tg_table_name),
            coalesce(name, 'whose copy is not complete yet')
        ),
        detail = 'A central database shows what its sites say; it writes none of it.',
        hint = format(
            'Say it at the site, it comes back from there: select incident.at_site(%L, ''acknowledge'', ''{"incident_id": %s}''); or '
            'psql -d ''the database of %s'' -c %L',
            coalesce(name, home::text), coalesce(subject ->> 'incident_id', '...'), name, left(current_query(), 500)
        );
end
$$;

comment on function incident_engine.refuse_row_of_site() is
'Row trigger at a central database, made by guard_sites: refuses what would write a row of another site. What comes by replication fires '
'no trigger. Errors: IN003, with the statement to say at the site.';

revoke all on function incident_engine.refuse_row_of_site() from public;
