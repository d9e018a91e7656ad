create or replace function incident.reinstate_device(
    host_name text, device_name text, capture_folder text, operator text default incident.current_operator()
)
returns setof incident.retirement
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    revoked incident.retirement[];
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_operator(operator);
    perform incident_engine.lock_hosts(array[host_name]);

    revoked := array(
        select r
        from incident.retirement as r
        where
            r.host_name = reinstate_device.host_name
            and r.device_name is not distinct from reinstate_device.device_name
            and r.capture_folder is not distinct from reinstate_device.capture_folder
            and r.revoked_at is null
        order by r.retired_at
    );
    if revoked = '{}' then
        raise exception using
            errcode = 'no_data_found',
            message = format('%s is not retired', concat_ws(', ', host_name, device_name, capture_folder)),
            hint = 'select * from incident.retirement where revoked_at is null lists what is; what was retired with its host is '
            'reinstated with it.';
    end if;

    update incident.retirement as r
    set revoked_at = now(), revoked_by = operator
    from unnest(revoked) as v
    where r.host_name = v.host_name and r.retirement_id = v.retirement_id;
    perform incident_engine.fold((
        select array_agg((r.host_name, '', '', r.retired_at, r.retired_at)::incident_engine.touch)
        from unnest(revoked) as r
    ), cause => 'a retirement taken back');
    return query
    select r.*
    from incident.retirement as r
    join unnest(revoked) as v on v.host_name = r.host_name and v.retirement_id = r.retirement_id
    order by r.retired_at;
end
$$;

comment on function incident.reinstate_device(text, text, text, text) is
'Takes back retirements of a device, or of a host (device_name and capture_folder null), as if they had never been: its silence '
'counts again, from its beginning. Not needed for a device that reports again. Returns what was taken back. Errors: P0002 when it '
'is not retired, 22004 for a null where a value is needed, 55P03 when another transaction holds the host for over 5 seconds.';

revoke all on function incident.reinstate_device(text, text, text, text) from public;
grant execute on function incident.reinstate_device(text, text, text, text) to incident_operator;
