-- Group roles and schema usage. Repeatable: run by migrate.sql each time, after the migrations, before the functions.
-- Each function file carries its own GRANT. Logins are the site's: grant one of these groups to each.
--
--     incident_agent     inserts metric rows of its own hosts, nothing else
--     incident_viewer    reads views and tables: what Grafana uses
--     incident_operator  viewer, and works incidents
--     incident_admin     operator, and policy and upkeep
--     incident_notifier  claims and settles messages, runs the sweep, nothing else: what the notifier uses
--
-- Where the deployer may not create roles and they are missing, the deployment stops and says which statements a person
-- with that right has to run once.

do $$
declare
    statements text;
begin
    select string_agg(step.statement, ' ' order by step.position)
    into statements
    from (
        select wanted.position, format('create role %I nologin;', wanted.name) as statement
        from (
            values (1, 'incident_agent'), (2, 'incident_viewer'), (3, 'incident_operator'), (4, 'incident_admin'),
                (5, 'incident_notifier')
        ) as wanted (position, name)
        where not exists (select from pg_roles as r where r.rolname = wanted.name)
        union all
        select wanted.position, format('grant %I to %I;', wanted.granted, wanted.member)
        from (
            values (6, 'incident_viewer', 'incident_operator'), (7, 'incident_operator', 'incident_admin')
        ) as wanted (position, granted, member)
        where not exists (
            select
            from pg_auth_members as m
            where m.roleid = to_regrole(wanted.granted) and m.member = to_regrole(wanted.member)
        )
    ) as step;
    if statements is null then
        return;
    end if;

    execute statements;
exception
    when insufficient_privilege then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('%s may not create the group roles of pg_incident', current_user),
            hint = format(
                'Have a role with CREATEROLE run, once for the server: %s '
                'grant incident_agent, incident_viewer, incident_operator, incident_admin, incident_notifier to %I with admin option;',
                statements, current_user
            );
    when duplicate_object or unique_violation then
        null; -- another deployment on this server has just made them
end
$$;

-- What default privileges of the deployer may have given to everybody, and nothing to PUBLIC.
revoke all on schema incident, incident_engine from public;
revoke all on all tables in schema incident, incident_engine from public;
revoke all on all sequences in schema incident, incident_engine from public;
revoke all on
public.system_metrics, public.system_device_metrics, public.system_device_metrics_default, public.system_incident
from public;
revoke all on sequence public.system_incident_incident_id_seq from public;

grant usage on schema incident to incident_agent, incident_viewer, incident_notifier;
