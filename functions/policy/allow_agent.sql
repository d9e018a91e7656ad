create or replace function incident.allow_agent(login text, host_name text)
returns incident_engine.agent_host
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    allowed incident_engine.agent_host;
begin
    perform incident_engine.require_text(login, 'login');
    perform incident_engine.require_text(host_name, 'host_name');
    if to_regrole(quote_ident(login)) is null then
        raise exception using
            errcode = 'undefined_object',
            message = format('there is no login %s', login),
            hint = format('Create it first: create role %I login; grant incident_agent to %I;', login, login);
    end if;
    if not pg_has_role(login, 'incident_agent', 'usage') then
        raise notice '% may not insert rows yet: it is no member of incident_agent', login
            using hint = format('grant incident_agent to %I;', login);
    end if;
    insert into incident_engine.agent_host (login, host_name)
    values (allow_agent.login, allow_agent.host_name)
    on conflict do nothing;
    select a.*
    into allowed
    from incident_engine.agent_host as a
    where a.login = allow_agent.login and a.host_name = allow_agent.host_name;
    return allowed;
end
$$;

comment on function incident.allow_agent(text, text) is
'Lets a login, or a role that a login becomes by set role, insert metric rows of a host, * for every host; it also needs the group '
'role incident_agent. A login may have several hosts. Doing it twice changes nothing. Returns what is allowed. Errors: 42704 when there is no such login, 22004 for a null where a value is '
'needed.';

revoke all on function incident.allow_agent(text, text) from public;
grant execute on function incident.allow_agent(text, text) to incident_admin;
