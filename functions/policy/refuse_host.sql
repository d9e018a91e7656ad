create or replace function incident_engine.refuse_host(host_name text, role text)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception using
        errcode = 'insufficient_privilege',
        message = format('%s may not insert rows of host %s', role, host_name),
        hint = format(
            'Have an admin call: select incident.allow_agent(%L, %L); it stands for a login, or for the role that a login becomes.',
            role, host_name
        );
end
$$;

comment on function incident_engine.refuse_host(text, text) is
'The last word of the row security of the metric tables: says which call allows it. Errors: 42501.';

revoke all on function incident_engine.refuse_host(text, text) from public;
grant execute on function incident_engine.refuse_host(text, text) to public;

-- Worked out once a statement, but for the refusal.
alter policy agents_insert_rows_of_their_hosts on public.system_metrics
with check (
    (select '*' = any(incident_engine.agent_hosts(current_user::text)))
    or host_name in (select unnest(incident_engine.agent_hosts(current_user::text)))
    or incident_engine.refuse_host(host_name, current_user::text)
);
alter policy agents_insert_rows_of_their_hosts on public.system_device_metrics
with check (
    (select '*' = any(incident_engine.agent_hosts(current_user::text)))
    or host_name in (select unnest(incident_engine.agent_hosts(current_user::text)))
    or incident_engine.refuse_host(host_name, current_user::text)
);
