-- Group roles and schema usage. Repeatable: run by migrate.sql each time, after the migrations, before the functions.
-- Each function file carries its own GRANT. Logins are the site's: grant one of these groups to each.
--
-- Where the deployer may not create roles and they are missing, the deployment stops and says which statements a person
-- with that right has to run once.

do $$
declare
    missing text[];
    statements text;
begin
    select array_agg(wanted.name order by wanted.name)
    into missing
    from (values ('incident_agent'), ('incident_viewer'), ('incident_operator'), ('incident_admin')) as wanted (name)
    where not exists (select from pg_roles as r where r.rolname = wanted.name);
    if missing is null then
        return;
    end if;

    select string_agg(format('create role %I nologin;', name), ' ') into statements from unnest(missing) as name;
    begin
        execute statements;
    exception
        when insufficient_privilege then
            raise exception using
                errcode = 'insufficient_privilege',
                message = format('%s may not create the group roles %s', session_user, array_to_string(missing, ', ')),
                hint = format('Have a role with CREATEROLE run, once for the server: %s', statements);
        when duplicate_object or unique_violation then
            null; -- another deployment on this server has just made them
    end;
end
$$;

revoke all on schema incident, incident_engine from public;
grant usage on schema incident to incident_agent, incident_viewer, incident_operator, incident_admin;

grant insert on public.system_metrics, public.system_device_metrics to incident_agent;

grant select on
public.system_metrics, public.system_device_metrics, public.system_incident,
incident.policy, incident.device, incident.device_state, incident.timeline
to incident_viewer, incident_operator, incident_admin;
