create or replace function incident_engine.write_history(
    devices incident.device[], runs incident.device_state[], blocks incident_engine.touch[]
)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    beginnings incident_engine.touch[];
    stored incident.device_state[];
    written incident.device_state[];
    gone incident.device_state[];
begin
    -- What is known of a device never changes but by its samples, and those that say the same are not written.
    beginnings := array(
        select (n.host_name, n.device_name, n.capture_folder, n.first_sample_at, 'infinity')::incident_engine.touch
        from unnest(devices) as n
        left join lateral (
            select d.first_sample_at
            from incident.device as d
            where d.host_name = n.host_name and d.device_name = n.device_name and d.capture_folder = n.capture_folder
            offset 0
        ) as d on true
        where d.first_sample_at is distinct from n.first_sample_at
    );
    insert into incident.device as d
    select n.* from unnest(devices) as n order by n.host_name, n.device_name, n.capture_folder
    on conflict on constraint device_pkey do update
    set device_id = excluded.device_id,
        video_device = excluded.video_device,
        ffmpeg_status = excluded.ffmpeg_status,
        monitor_status = excluded.monitor_status,
        state_started_at = excluded.state_started_at,  -- rule: a device shows its present state
        first_sample_at = excluded.first_sample_at
    where
        (
            d.device_id, d.video_device, d.ffmpeg_status, d.monitor_status, d.state_started_at, d.first_sample_at
        ) is distinct from (
            excluded.device_id, excluded.video_device, excluded.ffmpeg_status, excluded.monitor_status,
            excluded.state_started_at, excluded.first_sample_at
        );

    stored := array(
        select e.state
        from unnest(blocks) as b
        cross join lateral (
            select a as state
            from incident.device_state as a
            where
                a.host_name = b.host_name
                and a.device_name = b.device_name
                and a.capture_folder = b.capture_folder
                and a.started_at >= b.from_time
                and a.started_at < b.to_time
            offset 0
        ) as e
    );
    written := array(select r from unnest(runs) as r except select e from unnest(stored) as e);
    gone := array(select e from unnest(stored) as e except select r from unnest(runs) as r);

    delete from incident.device_state as e
    using (
        select g.host_name, g.device_name, g.capture_folder, g.started_at from unnest(gone) as g
        except
        select w.host_name, w.device_name, w.capture_folder, w.started_at from unnest(written) as w
    ) as g
    where
        e.host_name = g.host_name
        and e.device_name = g.device_name
        and e.capture_folder = g.capture_folder
        and e.started_at = g.started_at;

    -- The state that was current ends before its successor becomes current.
    update incident.device_state as e
    set ended_at = w.ended_at, ffmpeg_status = w.ffmpeg_status, monitor_status = w.monitor_status
    from unnest(written) as w
    where
        e.host_name = w.host_name
        and e.device_name = w.device_name
        and e.capture_folder = w.capture_folder
        and e.started_at = w.started_at;
    insert into incident.device_state
    select w.*
    from unnest(written) as w
    where (w.host_name, w.device_name, w.capture_folder, w.started_at) not in (
        select g.host_name, g.device_name, g.capture_folder, g.started_at from unnest(gone) as g
    );

    return beginnings || array(
        select (c.host_name, c.device_name, c.capture_folder, c.started_at, c.ended_at)::incident_engine.touch
        from unnest(written || gone) as c
        where c.ffmpeg_status in ('no_data', 'unknown') or c.monitor_status = 'unknown'
    );
end
$$;

comment on function incident_engine.write_history(incident.device[], incident.device_state[], incident_engine.touch[]) is
'Makes devices and the states that start within the blocks what a fold found out, writing what differs. Returns what matters to '
'hosts: silences, and times in which nobody could tell, that came, went or moved, and lives of devices that begin (earlier).';

revoke all on function incident_engine.write_history(
    incident.device[], incident.device_state[], incident_engine.touch[]
) from public;
