create or replace function incident_engine.write_history(
    devices incident.device[], runs incident.device_state[], blocks incident_engine.touch[]
)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    stored incident.device_state[]; -- what differs
    gone incident.device_state[];
    changed incident.device_state[];
    new incident.device_state[];
begin
    if devices <> '{}' then
        insert into incident.device as d
        select n.* from unnest(devices) as n order by n.host_name, n.device_name, n.capture_folder
        on conflict on constraint device_pkey do update
        set device_id = excluded.device_id,
            video_device = excluded.video_device,
            ffmpeg_status = excluded.ffmpeg_status,
            monitor_status = excluded.monitor_status,
            state_started_at = excluded.state_started_at,  -- rule: a device shows its present state
            first_sample_at = excluded.first_sample_at;
    end if;

    -- A full join is hashed, whatever the planner takes the arrays for.
    select array_agg(s.state), array_agg(s.state) filter (where r.run is null),
        array_agg(r.run) filter (where s.state is not null), array_agg(r.run) filter (where s.state is null)
    into stored, gone, changed, new
    from (
        select u.host_name, u.device_name, u.capture_folder, u.started_at, u as run
        from unnest(runs) as u
    ) as r
    full join (
        select e.*
        from unnest(blocks) as b
        cross join lateral (
            select a.host_name, a.device_name, a.capture_folder, a.started_at, a as state
            from incident.device_state as a
            where
                a.host_name = b.host_name
                and a.device_name = b.device_name
                and a.capture_folder = b.capture_folder
                and a.started_at >= b.from_time
                and a.started_at < b.to_time
            offset 0
        ) as e
    ) as s using (host_name, device_name, capture_folder, started_at)
    where r.run is distinct from s.state;

    if gone is not null then
        delete from incident.device_state as e
        using unnest(gone) as g
        where
            e.host_name = g.host_name
            and e.device_name = g.device_name
            and e.capture_folder = g.capture_folder
            and e.started_at = g.started_at;
    end if;

    -- The state that was current ends before its successor becomes current.
    if changed is not null then
        update incident.device_state as e
        set ended_at = c.ended_at, ffmpeg_status = c.ffmpeg_status, monitor_status = c.monitor_status
        from unnest(changed) as c
        where
            e.host_name = c.host_name
            and e.device_name = c.device_name
            and e.capture_folder = c.capture_folder
            and e.started_at = c.started_at;
    end if;
    if new is not null then
        insert into incident.device_state select n.* from unnest(new) as n;
    end if;

    return array(
        select (c.host_name, c.device_name, c.capture_folder, c.started_at, c.ended_at)::incident_engine.touch
        from unnest(stored || changed || new) as c
        where c.ffmpeg_status in ('no_data', 'unknown') or c.monitor_status = 'unknown'
    );
end
$$;

comment on function incident_engine.write_history(incident.device[], incident.device_state[], incident_engine.touch[]) is
'Makes devices, and the states that start within the blocks, what a fold found out, writing what differs. Returns what matters to '
'hosts: silences, and times in which nobody could tell, that came, went or moved.';

revoke all on function incident_engine.write_history(
    incident.device[], incident.device_state[], incident_engine.touch[]
) from public;
