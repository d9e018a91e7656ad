create or replace function incident.unset_policy(
    setting text default null,
    host_name text default null,
    device_name text default null,
    capture_folder text default null,
    component text default null,
    refold_since timestamptz default '-infinity',
    operator text default incident.current_operator(),
    note text default null
)
returns incident.policy
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    keys constant text[] := array['policy_id', 'site', 'host_name', 'device_name', 'capture_folder', 'component'];
    scope incident.policy;
    known incident.policy;
    remaining jsonb;
    written incident.policy;
begin
    scope.host_name := host_name;
    scope.device_name := device_name;
    scope.capture_folder := capture_folder;
    scope.component := component;
    perform incident_engine.begin_policy_change(scope, refold_since, operator, note);
    if setting = any (keys) or not coalesce(to_jsonb(scope) ? setting, true) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s is not a setting', setting),
            hint = 'select setting from incident.policy_for() lists them.';
    end if;

    select p.*
    into known
    from incident.policy as p
    where
        p.site = incident_engine.own_site()
        and (p.host_name, p.device_name, p.capture_folder, p.component)
        is not distinct from (scope.host_name, scope.device_name, scope.capture_folder, scope.component);
    if not found or (to_jsonb(known) ->> setting) is null and setting is not null then
        raise exception using
            errcode = 'no_data_found',
            message = format(
                '%s has no %s of its own',
                incident_engine.describe_scope(host_name, device_name, capture_folder, component),
                coalesce(setting, 'policy')
            ),
            hint = 'select * from incident.policy_for(...) shows each setting and where it comes from.';
    end if;
    if host_name is null and component is null and setting is distinct from 'close_after' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('the default of %s cannot be taken back', coalesce(setting, 'every setting')),
            hint = 'Set another value with incident.set_policy(). Only close_after may be without one.';
    end if;

    remaining := case when setting is null then '{}' else jsonb_strip_nulls(to_jsonb(known)) - setting end;
    if remaining - keys = '{}' then
        written := scope;
        delete from incident.policy as p where p.policy_id = known.policy_id;
    else
        written := incident_engine.write_policy(jsonb_populate_record(scope, remaining));
    end if;
    return written;
end
$$;

comment on function incident.unset_policy(text, text, text, text, text, timestamptz, text, text) is
'Takes a setting of a scope back, or all of them when none is named: the next wider scope that has a value decides again. History '
'and incidents follow as in set_policy. Returns what the scope has left. Errors: 22023 for something that is no setting or is '
'needed, P0002 when the scope has no such value, 55P03.';

revoke all on function incident.unset_policy(text, text, text, text, text, timestamptz, text, text) from public;
grant execute on function incident.unset_policy(
    text, text, text, text, text, timestamptz, text, text
) to incident_admin;
