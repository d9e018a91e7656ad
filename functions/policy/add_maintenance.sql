create or replace function incident.add_maintenance(
    host_name text,
    starts_at timestamptz,
    ends_at timestamptz,
    reason text,
    device_name text default null,
    capture_folder text default null,
    operator text default incident.current_operator()
)
returns incident.maintenance_line
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    added incident.maintenance;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    if starts_at is null or ends_at is null or not isfinite(starts_at) or not isfinite(ends_at) or ends_at <= starts_at
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'maintenance needs a start and a later end, but starts_at is %s and ends_at %s',
                coalesce(starts_at::text, 'null'), coalesce(ends_at::text, 'null')
            ),
            hint = 'When the end is not known, name a generous one and end it early.';
    end if;
    perform incident_engine.check_maintenance_scope(device_name, capture_folder);
    perform incident_engine.notice_unknown(host_name, device_name, capture_folder);

    -- Whoever plans from a script may run it again.
    perform incident_engine.lock_maintenance(host_name);
    select m.* into added
    from incident.maintenance as m
    where
        (m.host_name, m.period, m.reason)
        = (add_maintenance.host_name, tstzrange(starts_at, ends_at), add_maintenance.reason)
        and (m.device_name, m.capture_folder)
        is not distinct from (add_maintenance.device_name, add_maintenance.capture_folder)
        and m.ended_at is null
    order by m.maintenance_id
    limit 1;
    if found then
        raise notice 'this is planned already, as maintenance %', added.maintenance_id
            using hint = 'Nothing was added. extend_maintenance() and end_maintenance() move its end.';
        return incident_engine.maintenance_line(added);
    end if;

    insert into incident.maintenance (host_name, device_name, capture_folder, period, reason, added_by)
    values (
        add_maintenance.host_name,
        add_maintenance.device_name,
        add_maintenance.capture_folder,
        tstzrange(starts_at, ends_at),
        add_maintenance.reason,
        operator
    )
    returning * into added;
    return incident_engine.maintenance_line(added);
end
$$;

comment on function incident.add_maintenance(text, timestamptz, timestamptz, text, text, text, text) is
'Announces planned work on a host, or on one device of it (device_name and capture_folder). Incidents in it are recorded, not '
'announced, and their timeline says so; its time is taken out of availability. May be called afterwards, for the past. A host or device that nothing has been heard of is accepted, with a notice; the same twice is one, with a notice. operator: '
'who, by default the login. Returns a line about it: id, state, place, starts, ends, reason. Errors: 22004 for a null where a value is needed, 22023 for a period that '
'does not end after it starts.';

revoke all on function incident.add_maintenance(text, timestamptz, timestamptz, text, text, text, text) from public;
grant execute on function incident.add_maintenance(text, timestamptz, timestamptz, text, text, text, text)
to incident_operator;
