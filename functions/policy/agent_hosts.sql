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
        -- Several roles behind one login, which becomes one of them (set role).
        or (a.login = agent_hosts.role and pg_has_role(session_user, a.login::name, 'member'))
);

comment on function incident_engine.agent_hosts(text) is
'The hosts whose rows the session may insert, by its login or by the role (current_user) that it has become; * for every host.';

revoke all on function incident_engine.agent_hosts(text) from public;
grant execute on function incident_engine.agent_hosts(text) to public;
