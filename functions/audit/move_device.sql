create or replace function incident.move_device(
    host_name text,
    device_name text,
    capture_folder text,
    to_host_name text default null,
    to_device_name text default null,
    to_capture_folder text default null,
    note text default null,
    operator text default incident.current_operator()
)
returns incident.move
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    to_host constant text := coalesce(to_host_name, host_name);
    to_device constant text := coalesce(to_device_name, device_name);
    to_folder constant text := coalesce(to_capture_folder, capture_folder);
    moved incident.move;
    done record;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(device_name, 'device_name');
    perform incident_engine.require_text(capture_folder, 'capture_folder');
    perform incident_engine.require_operator(operator);
    if (to_host, to_device, to_folder) = (host_name, device_name, capture_folder) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s, %s (%s) is where it goes already', host_name, device_name, capture_folder),
            hint = 'Say what changes: to_host_name, to_device_name, to_capture_folder.';
    end if;
    if to_folder in ('', 'unknown', 'host') or to_host = '' or to_device = '' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('a device cannot be called %s, %s (%s)', to_host, to_device, to_folder),
            detail = 'No name is empty, and a folder is not called unknown or host.',
            hint = 'Give the names that its agent sends from now on.';
    end if;
    perform incident_engine.lock_hosts(array[host_name, to_host]);
    if not exists (
        select from incident.device as d
        where (d.host_name, d.device_name, d.capture_folder)
            = (move_device.host_name, move_device.device_name, move_device.capture_folder)
    ) then
        select m.*
        into moved
        from incident.move as m
        where
            (m.host_name, m.device_name, m.capture_folder)
            = (move_device.host_name, move_device.device_name, move_device.capture_folder)
            and (m.to_host_name, m.to_device_name, m.to_capture_folder) = (to_host, to_device, to_folder)
        order by m.move_id desc
        limit 1;
        if found then
            raise notice '%, % (%) was moved by % already, at %', host_name, device_name, capture_folder, moved.moved_by,
                moved.moved_at
                using hint = 'Nothing has changed.';
            return moved;
        end if;
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no device %s, %s (%s)', host_name, device_name, capture_folder),
            hint = 'select host_name, device_name, capture_folder from incident.device lists them.';
    end if;
    perform incident_engine.check_move(host_name, device_name, capture_folder, to_host, to_device, to_folder);

    set constraints all deferred;
    perform incident_engine.move_settings(
        host_name, device_name, capture_folder, to_host, to_device, to_folder, operator
    );
    select m.samples, m.heads
    into done
    from incident_engine.move_subject(
        (host_name, device_name, capture_folder, null::timestamptz, null::timestamptz)::incident_engine.touch,
        (to_host, to_device, to_folder, null::timestamptz, null::timestamptz)::incident_engine.touch,
        false, operator, note
    ) as m;
    set constraints all immediate;
    insert into incident.move as m (
        host_name, device_name, capture_folder, to_host_name, to_device_name, to_capture_folder, moved_by, note, samples,
        incidents, timeline_heads
    )
    values (
        move_device.host_name, move_device.device_name, move_device.capture_folder, to_host, to_device, to_folder, operator,
        move_device.note, done.samples, (select count(*) from jsonb_object_keys(done.heads)), jsonb_strip_nulls(done.heads)
    )
    returning m.* into moved;
    perform incident_engine.fold_moved(array[host_name, to_host]);
    return moved;
end
$$;

comment on function incident.move_device(text, text, text, text, text, text, text, text) is
'A device goes by another name, folder or host from now on: its history, samples, policy, maintenance, routes and incidents go along, '
'with their numbers; what its agent sends under the new name goes on from there. Left out: as it was. Samples under the old name '
'stay and count for nothing. Doing it twice changes nothing. Returns what was recorded in incident.move. Errors: P0002 for an unknown '
'device, 22023 for a name that cannot be or when both names have samples of the same time, 22004, 55P03 when another transaction '
'holds a host for over 2 seconds.';

revoke all on function incident.move_device(text, text, text, text, text, text, text, text) from public;
grant execute on function incident.move_device(text, text, text, text, text, text, text, text) to incident_admin;
