create or replace function incident.forbid_agent(login text, host_name text default null)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    forbidden integer;
begin
    perform incident_engine.require_text(login, 'login');
    delete from incident_engine.agent_host as a
    where
        a.login = forbid_agent.login
        and (forbid_agent.host_name is null or a.host_name = forbid_agent.host_name);
    get diagnostics forbidden = row_count;
    return forbidden;
end
$$;

comment on function incident.forbid_agent(text, text) is
'Takes back what incident.allow_agent() allowed: for one host, or for all when host_name is left out. Rows that are stored stay. '
'Returns for how many hosts. Errors: 22004 for a null login.';

revoke all on function incident.forbid_agent(text, text) from public;
grant execute on function incident.forbid_agent(text, text) to incident_admin;
