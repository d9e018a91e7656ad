create or replace function incident_engine.move_settings(
    from_host text, from_device text, from_folder text, to_host text, to_device text, to_folder text, operator text
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', format('moved to %s', concat_ws(' / ', to_host, to_device)), true);
    -- What was set for the new name by a person stays.
    update incident.policy as p
    set host_name = to_host,
        device_name = case when from_device is null then p.device_name else to_device end,
        capture_folder = case when from_device is null then p.capture_folder else to_folder end
    where
        p.host_name = from_host
        and (from_device is null or (p.device_name, p.capture_folder) = (from_device, from_folder))
        and not exists (
            select from incident.policy as n
            where
                n.host_name = to_host
                and (n.device_name, n.capture_folder, n.component) is not distinct from (
                    case when from_device is null then p.device_name else to_device end,
                    case when from_device is null then p.capture_folder else to_folder end,
                    p.component
                )
        );
    update incident.route as r
    set host_pattern = to_host, device_name = case when from_device is null then r.device_name else to_device end
    where r.host_pattern = from_host and (from_device is null or r.device_name = from_device);
    -- A route for devices of this name on any host goes on for the others.
    insert into incident.route (
        escalation, host_pattern, device_name, component, at_least, local_from, local_to, time_zone, note, added_by
    )
    select
        r.escalation, to_host, to_device, r.component, r.at_least, r.local_from, r.local_to, r.time_zone, r.note, operator
    from incident.route as r
    where
        r.device_name = from_device
        and to_device <> from_device
        and (r.host_pattern is null or (r.host_pattern <> to_host and from_host like r.host_like));
    if from_device is null then
        insert into incident_engine.agent_host (login, host_name, allowed_by)
        select a.login, to_host, operator
        from incident_engine.agent_host as a
        where a.host_name = from_host
        on conflict do nothing;
        delete from incident_engine.agent_host as a where a.host_name = from_host;
    end if;
    perform set_config('incident_engine.policy_operator', '', true);
    perform set_config('incident_engine.policy_note', '', true);
end
$$;

comment on function incident_engine.move_settings(text, text, text, text, text, text, text) is
'Policy, routes and, of a whole host (from_device null), who may insert its rows: all that names it names its new name.';

revoke all on function incident_engine.move_settings(text, text, text, text, text, text, text) from public;
