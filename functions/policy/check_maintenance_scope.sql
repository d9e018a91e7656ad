create or replace function incident_engine.check_maintenance_scope(device_name text, capture_folder text)
returns void
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    if (device_name is null) <> (capture_folder is null) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'device_name and capture_folder go together',
            detail = format(
                'device_name is %s, capture_folder %s.', coalesce(device_name, 'null'), coalesce(capture_folder, 'null')
            ),
            hint = 'Leave both out for all devices of the host.';
    end if;
end
$$;

comment on function incident_engine.check_maintenance_scope(text, text) is
'Errors: 22023 when a device is named by half.';

revoke all on function incident_engine.check_maintenance_scope(text, text) from public;
