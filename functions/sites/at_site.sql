create or replace function incident.at_site(
    site text, verb text, arguments jsonb, operator text default incident.current_operator()
)
returns setof jsonb
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
-- What is executed changes the site.
-- @plpgsql_check_options: performance_warnings = off
declare
    statement text;
    home name;
begin
    perform incident_engine.require_text(site, 'site');
    perform incident_engine.require_text(verb, 'verb');
    perform incident_engine.require_operator(operator);
    statement := incident_engine.site_call(verb, coalesce(arguments, '{}'), operator);
    if not exists (select from incident.site as s where s.name = at_site.site) then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no site %s', site),
            hint = 'select name from incident.site lists them.';
    end if;

    select n.nspname
    into home
    from pg_extension as e
    join pg_namespace as n on e.extnamespace = n.oid
    where e.extname = 'dblink' and exists (select from pg_foreign_server as f where f.srvname = 'site_' || site);
    if not found then
        raise exception using
            errcode = 'IN003',
            message = format('the line to site %s is not configured', site),
            detail = format('It takes extension dblink, and a foreign server %I of dblink_fdw with a user mapping for the owner.', 'site_' || site),
            hint = format('Until then say it there: psql -d ''the database of %s'' -c %L', site, statement);
    end if;
    return query execute format('select t.r from %I.dblink(%L, $1) as t (r jsonb)', home, 'site_' || site) using statement;
end
$$;

comment on function incident.at_site(text, text, jsonb, text) is
'At a central database: calls a verb of schema incident at a site, with arguments by name: '
'incident.at_site(''munich'', ''acknowledge'', ''{"incident_id": 30000000007, "note": "on it"}''). It is done and committed there, at once, '
'and comes back by replication. operator: who, by default incident.current_operator() here. Returns what the verb returned. Needs dblink and a foreign '
'server site_<name>. Errors: IN003 with the psql command where there is none, P0002, 42883, 42501, and those of the verb.';

revoke all on function incident.at_site(text, text, jsonb, text) from public;
grant execute on function incident.at_site(text, text, jsonb, text) to incident_operator;
