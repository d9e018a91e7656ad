create or replace function incident_engine.on_policy_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    without_effect constant text[] := array['sla_target', 'close_after', 'keep_samples']; -- on history and incidents
    since constant timestamptz := nullif(current_setting('incident_engine.refold_since', true), '')::timestamptz;
    host text;
begin
    if since is null then
        return null; -- not by set_policy or unset_policy: whoever it was may call incident.rebuild()
    end if;
    for host in
        select d.host_name
        from incident.device as d
        where incident_engine.site_of(d.host_name) = incident_engine.own_site() and exists (
            select
            from new_changes as c
            where
                c.setting <> all (without_effect)
                and coalesce(d.host_name = c.host_name, c.host_name is null)
                and coalesce(d.device_name = c.device_name, c.device_name is null)
                and coalesce(d.capture_folder = c.capture_folder, c.capture_folder is null)
        )
        group by d.host_name
        order by incident_engine.host_lock(d.host_name), d.host_name
    loop
        begin
            perform from incident.rebuild(host, since, 'a change of policy');
        exception
            when no_data_found then null; -- retention has removed all its samples: its history stays as it is
        end;
    end loop;
    return null;
end
$$;

comment on function incident_engine.on_policy_change() is
'Statement trigger on policy_change: re-evaluates history and incidents of the hosts that a change by set_policy or unset_policy '
'concerns, host by host, since its refold_since. Errors: 55P03 when another transaction holds a host for over 5 seconds.';

revoke all on function incident_engine.on_policy_change() from public;

create or replace trigger re_evaluate_history
after insert on incident.policy_change
referencing new table as new_changes
for each statement execute function incident_engine.on_policy_change();
