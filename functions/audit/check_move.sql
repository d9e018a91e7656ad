create or replace function incident_engine.check_move(
    host_name text,
    device_name text,
    capture_folder text,
    to_host_name text,
    to_device_name text,
    to_capture_folder text
)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    last_sample timestamptz;
    first_sample timestamptz;
begin
    last_sample := (
        select max(m.timestamp)
        from incident_engine.sample as m
        where
            m.host_name = check_move.host_name
            and m.device_name = check_move.device_name
            and m.capture_folder = check_move.capture_folder
    );
    first_sample := (
        select min(m.timestamp)
        from incident_engine.sample as m
        where
            m.host_name = to_host_name and m.device_name = to_device_name and m.capture_folder = to_capture_folder
    );
    if first_sample <= last_sample and not exists (
        select from incident.move as m
        where
            m.host_name = check_move.host_name
            and m.to_host_name = check_move.to_host_name
            and coalesce(m.device_name = check_move.device_name, m.device_name is null)
    ) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                '%s, %s (%s) and %s, %s (%s) are two devices: both have sent samples of the same time', host_name,
                device_name, capture_folder, to_host_name, to_device_name, to_capture_folder
            ),
            detail = format(
                'The first of the new name is of %s, the last of the old one of %s.', first_sample, last_sample
            ),
            hint = 'Move what has the old name only when nothing sends it any more. Samples that should not count: '
            'incident.void_samples().';
    end if;
end
$$;

comment on function incident_engine.check_move(text, text, text, text, text, text) is
'Errors: 22023 when samples of a device under the new name begin before those under the old name end.';

revoke all on function incident_engine.check_move(text, text, text, text, text, text) from public;
