create or replace function incident.rename_host(
    host_name text, to_host_name text, note text default null, operator text default incident.current_operator()
)
returns incident.move
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    moved incident.move;
    samples bigint := 0::bigint;
    heads jsonb := jsonb_build_object();
    d record;
    done record;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(to_host_name, 'to_host_name');
    perform incident_engine.require_operator(operator);
    if to_host_name = host_name then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s is its name already', host_name),
            hint = 'to_host_name is what its agent sends from now on.';
    end if;
    perform incident_engine.lock_hosts(array[host_name, to_host_name]);
    if not exists (select from incident.host as h where h.host_name = rename_host.host_name) then
        select m.*
        into moved
        from incident.move as m
        where
            (m.host_name, m.to_host_name) = (rename_host.host_name, rename_host.to_host_name) and m.device_name is null
        order by m.move_id desc
        limit 1;
        if found then
            raise notice '% was renamed by % already, at %', host_name, moved.moved_by, moved.moved_at
                using hint = 'Nothing has changed.';
            return moved;
        end if;
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no host %s', host_name),
            hint = 'select host_name from incident.host lists them.';
    end if;
    perform incident_engine.check_move(
        n.host_name, n.device_name, n.capture_folder, to_host_name, n.device_name, n.capture_folder
    )
    from incident.device as n
    where n.host_name = rename_host.host_name;

    set constraints all deferred;
    perform incident_engine.move_settings(host_name, null, null, to_host_name, null, null, operator);
    -- Before rows come under the new name, lest what is wrong with it be found once more.
    heads := incident_engine.move_incidents(
        (host_name, host_name, 'host', null::timestamptz, null::timestamptz)::incident_engine.touch,
        (to_host_name, to_host_name, 'host', null::timestamptz, null::timestamptz)::incident_engine.touch,
        true, operator, note
    );
    perform incident_engine.move_host_record(host_name, to_host_name);
    for d in
        select n.device_name, n.capture_folder
        from incident.device as n
        where n.host_name = rename_host.host_name
        order by n.device_name, n.capture_folder
    loop
        select m.samples, m.heads
        into done
        from incident_engine.move_subject(
            (host_name, d.device_name, d.capture_folder, null::timestamptz, null::timestamptz)::incident_engine.touch,
            (to_host_name, d.device_name, d.capture_folder, null::timestamptz, null::timestamptz)::incident_engine.touch,
            true, operator, note
        ) as m;
        samples := samples + done.samples;
        heads := heads || done.heads;
    end loop;
    insert into incident.void_period (host_name, period, reason, voided_by)
    select rename_host.host_name, tstzrange(null, r.last_row, '[]'), format('renamed to %s', to_host_name), operator
    from (
        select max(m.timestamp) as last_row
        from public.system_metrics as m
        where m.host_name = rename_host.host_name
    ) as r
    where r.last_row is not null;
    set constraints all immediate;
    insert into incident.move as m (host_name, to_host_name, moved_by, note, samples, incidents, timeline_heads)
    values (
        rename_host.host_name, rename_host.to_host_name, operator, rename_host.note, samples,
        (select count(*) from jsonb_object_keys(heads)), heads
    )
    returning m.* into moved;
    perform incident_engine.fold_moved(array[host_name, to_host_name]);
    return moved;
end
$$;

comment on function incident.rename_host(text, text, text, text) is
'A host goes by another name from now on: all its devices, its history, samples, policy, maintenance, routes, who may insert its rows, '
'and its incidents go along, with their numbers; what its agent sends under the new name goes on from there. Rows under the old name '
'stay and count for nothing. Doing it twice changes nothing. Returns what was recorded in incident.move. Errors: P0002 for an unknown '
'host, 22023 when a device has samples of the same time under both names, 22004, 55P03 when another transaction holds a host for '
'over 2 seconds.';

revoke all on function incident.rename_host(text, text, text, text) from public;
grant execute on function incident.rename_host(text, text, text, text) to incident_admin;
