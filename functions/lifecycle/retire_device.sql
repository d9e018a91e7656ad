create or replace function incident.retire_device(
    host_name text,
    device_name text,
    capture_folder text,
    reason text,
    operator text default incident.current_operator(),
    retired_at timestamptz default now()
)
returns incident.retirement
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    retired incident.retirement;
    newest timestamptz;
    subject text;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    subject := case
        when device_name is null and capture_folder is null then format('host %s', host_name)
        else format('device %s, %s (%s)', host_name, device_name, capture_folder)
    end;
    if retired_at is null or not isfinite(retired_at) or retired_at > now() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('retired_at must be a moment that has come, but is %s', coalesce(retired_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;
    perform incident_engine.lock_hosts(array[host_name]);

    select max(incident_engine.sample_before(
        d.host_name, d.device_name, d.capture_folder, now() + incident_engine.clock_tolerance(), d.first_sample_at
    ))
    into newest
    from incident.device as d
    where
        d.host_name = retire_device.host_name
        and (
            (retire_device.device_name is null and retire_device.capture_folder is null)
            or (d.device_name, d.capture_folder) = (retire_device.device_name, retire_device.capture_folder)
        );
    if device_name is null and capture_folder is null then
        newest := greatest(newest, (
            select max(m.timestamp)
            from incident_engine.host_sample as m
            where
                m.host_name = retire_device.host_name
                and m.timestamp <= now() + incident_engine.clock_tolerance()
        ));
    end if;
    if newest is null then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no %s', subject),
            hint = 'select host_name, device_name, capture_folder from incident.device lists them; leave device_name and '
            'capture_folder out for the host with all its devices.';
    end if;
    if newest > retired_at then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s has reported since %s', subject, retired_at),
            detail = format('Its newest sample is of %s; a sample brings back what is retired.', newest),
            hint = 'Stop its agent first, then leave retired_at out for now().';
    end if;

    insert into incident.retirement (host_name, device_name, capture_folder, retired_at, reason, retired_by)
    values (
        retire_device.host_name,
        retire_device.device_name,
        retire_device.capture_folder,
        retire_device.retired_at,
        retire_device.reason,
        operator
    )
    returning * into retired;

    perform incident.resolve(
        i.incident_id, format('retired: %s', retire_device.reason), operator => operator,
        acted_at => greatest(retire_device.retired_at, i.detected_at)
    )
    from public.system_incident as i
    where
        i.host_name = retire_device.host_name
        and (
            retire_device.device_name is null
            or (i.device_name, i.capture_folder) = (retire_device.device_name, retire_device.capture_folder)
        )
        and i.component <> 'system'
        and i.status in ('open', 'in_progress');
    perform incident_engine.fold(
        array[(host_name, '', '', retired_at, retired_at)::incident_engine.touch], cause => 'a retirement'
    );
    return retired;
end
$$;

comment on function incident.retire_device(text, text, text, text, text, timestamptz) is
'Takes a device out of service, or a host with all its devices (device_name and capture_folder null): from then on its silence '
'is no incident, and what is active is resolved at that moment. A later sample brings it back, and so does '
'incident.reinstate_device(). operator: who, by default the login. retired_at: when, by default now. Returns the retirement. '
'Errors: P0002 for an unknown device, 22023 when it has reported since or for a moment to come, 22004 for a null where a value is '
'needed, 55P03 when another transaction holds the host for over 5 seconds.';

revoke all on function incident.retire_device(text, text, text, text, text, timestamptz) from public;
grant execute on function incident.retire_device(text, text, text, text, text, timestamptz) to incident_operator;
