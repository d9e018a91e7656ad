create or replace function incident.add_route(
    escalation text,
    host_pattern text default null,
    device_name text default null,
    component text default null,
    at_least text default null,
    local_from time default null,
    local_to time default null,
    time_zone text default null,
    note text default null,
    operator text default incident.current_operator()
)
returns incident.route
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.route;
begin
    perform incident_engine.require_operator(operator);
    if escalation is not null
        and not exists (select from incident.escalation_step as s where s.escalation = add_route.escalation)
    then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no escalation %L', escalation),
            hint = format('Make it with select incident.set_escalation_step(%L, 1, CONTACT).', escalation);
    end if;
    if component not in ('ffmpeg', 'monitor', 'system')
        or at_least not in ('critical', 'high', 'medium', 'low')
        or num_nulls(local_from, local_to, time_zone) not in (0, 3)
        or local_from = local_to
        or '' in (host_pattern, device_name)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a route cannot be for component %s, at_least %s, from %s to %s (%s)',
                coalesce(component, 'null'), coalesce(at_least, 'null'), coalesce(local_from::text, 'null'),
                coalesce(local_to::text, 'null'), coalesce(time_zone, 'no time zone')
            ),
            detail = 'Components are ffmpeg, monitor, system; severities critical, high, medium, low; hours have two different '
                'ends and a time zone.',
            hint = 'Leave out what does not matter.';
    end if;
    if time_zone is not null then
        perform incident_engine.check_time_zone(time_zone);
    end if;
    insert into incident.route (
        escalation, host_pattern, device_name, component, at_least, local_from, local_to, time_zone, note, added_by
    )
    values (
        add_route.escalation,
        add_route.host_pattern,
        add_route.device_name,
        add_route.component,
        add_route.at_least,
        add_route.local_from,
        add_route.local_to,
        add_route.time_zone,
        add_route.note,
        operator
    )
    returning * into written;
    return written;
end
$$;

comment on function incident.add_route(text, text, text, text, text, time, time, text, text, text) is
'Sends incidents to an escalation (null: tells nobody) by what is named: host_pattern (* for any characters), device_name, component, '
'at_least a severity, hours of a local day (past midnight where local_to is earlier). Of the routes that fit an incident the most specific '
'counts: incident.route_for(). Counts for what happens from now on. Errors: P0002 for an unknown escalation, 22023.';

revoke all on function incident.add_route(text, text, text, text, text, time, time, text, text, text) from public;
grant execute on function incident.add_route(
    text, text, text, text, text, time, time, text, text, text
) to incident_admin;
