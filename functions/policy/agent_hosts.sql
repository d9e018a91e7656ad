-- As whoever inserts, in the row security of the metric tables, whatever rights that role has: so anybody may execute it. It
-- cannot be called by name without rights on the schema.
create or replace function incident_engine.agent_hosts(role text)
returns text[]
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
return array(
    select a.host_name
    from incident_engine.agent_host as a
    where
        a.login = session_user::text
        -- Several roles behind one login, which becomes one of them (set role); and the groups of that.
        or a.login = agent_hosts.role
        or pg_has_role(agent_hosts.role::name, to_regrole(quote_ident(a.login)), 'usage')
);

comment on function incident_engine.agent_hosts(text) is
'The hosts whose rows a session may insert, by its login, or by the role (current_user) that it has become and the groups whose rights '
'that has; * for every host.';

revoke all on function incident_engine.agent_hosts(text) from public;
grant execute on function incident_engine.agent_hosts(text) to public;
