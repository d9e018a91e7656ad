create or replace function incident_engine.fold_states(regions incident_engine.touch[], horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    states constant incident.device_state[] := incident_engine.sampled_states(regions, horizon);
    runs incident.device_state[];
    silences incident_engine.touch[];
    beginnings incident_engine.touch[];
begin
    -- What the samples tell, and what stands beside it in the history, joined into runs of equal status.
    with device as (
        select r.host_name, r.device_name, r.capture_folder, range_agg(tstzrange(r.from_time, r.to_time)) as folded
        from unnest(regions) as r
        group by r.host_name, r.device_name, r.capture_folder
    ),

    neighbour as (
        select distinct on (e.host_name, e.device_name, e.capture_folder, e.started_at) e.*, d.folded
        from device as d
        cross join lateral unnest(d.folded) as region
        join incident.device_state as e
            on e.host_name = d.host_name
            and e.device_name = d.device_name
            and e.capture_folder = d.capture_folder
            and e.started_at <= upper(region)
            and e.started_at >= coalesce((
                select max(b.started_at)
                from incident.device_state as b
                where
                    b.host_name = d.host_name
                    and b.device_name = d.device_name
                    and b.capture_folder = d.capture_folder
                    and b.started_at < lower(region)
            ), '-infinity')
    ),

    fragment as (
        select s.* from unnest(states) as s
        union all
        select n.host_name, n.device_name, n.capture_folder, lower(kept), upper(kept), n.ffmpeg_status, n.monitor_status
        from neighbour as n
        cross join lateral unnest(tstzmultirange(tstzrange(n.started_at, n.ended_at)) - n.folded) as kept
    ),

    marked as (
        select f.*,
            (f.ffmpeg_status, f.monitor_status, f.started_at)
            is distinct from (lag(f.ffmpeg_status) over w, lag(f.monitor_status) over w, lag(f.ended_at) over w)
            as starts_run
        from fragment as f
        window w as (partition by f.host_name, f.device_name, f.capture_folder order by f.started_at)
    ),

    numbered as (
        select m.*, count(*) filter (where m.starts_run) over w as run
        from marked as m
        window w as (partition by m.host_name, m.device_name, m.capture_folder order by m.started_at)
    ),

    run as (
        select n.host_name, n.device_name, n.capture_folder, min(n.started_at) as started_at, max(n.ended_at) as ended_at,
            min(n.ffmpeg_status) as ffmpeg_status, min(n.monitor_status) as monitor_status
        from numbered as n
        group by n.host_name, n.device_name, n.capture_folder, n.run
    )

    select
        (
            select array_agg((
                r.host_name, r.device_name, r.capture_folder, r.started_at, r.ended_at, r.ffmpeg_status, r.monitor_status
            )::incident.device_state)
            from run as r
        ),
        (
            select array_agg((
                n.host_name, n.device_name, n.capture_folder, n.started_at, n.ended_at
            )::incident_engine.touch)
            from neighbour as n
            where n.ffmpeg_status = 'no_data'
        ),
        (
            select array_agg((
                d.host_name, d.device_name, d.capture_folder, lower(began), 'infinity'
            )::incident_engine.touch)
            from device as d
            cross join lateral unnest(d.folded) as began
            where not exists (
                select from neighbour as n
                where
                    (n.host_name, n.device_name, n.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
                    and n.started_at <= lower(began)
            )
        )
    into runs, silences, beginnings;

    delete from incident.device_state as e
    using unnest(regions) as r
    where
        e.host_name = r.host_name
        and e.device_name = r.device_name
        and e.capture_folder = r.capture_folder
        and e.started_at between r.from_time and r.to_time
        and (e.host_name, e.device_name, e.capture_folder, e.started_at) not in (
            select n.host_name, n.device_name, n.capture_folder, n.started_at from unnest(runs) as n
        );

    -- In order of time: the row that was current ends before its successor becomes current.
    insert into incident.device_state
    select n.*
    from unnest(runs) as n
    where not exists (
        select from incident.device_state as e
        where
            (e.host_name, e.device_name, e.capture_folder, e.started_at)
            = (n.host_name, n.device_name, n.capture_folder, n.started_at)
            and (e.ended_at, e.ffmpeg_status, e.monitor_status) = (n.ended_at, n.ffmpeg_status, n.monitor_status)
    )
    order by n.host_name, n.device_name, n.capture_folder, n.started_at
    on conflict on constraint device_state_pkey do update
    set ended_at = excluded.ended_at,
        ffmpeg_status = excluded.ffmpeg_status,
        monitor_status = excluded.monitor_status;

    perform incident_engine.update_devices(regions, horizon);

    return beginnings || array(
        with silence as (
            select (r.host_name, r.device_name, r.capture_folder, r.started_at, r.ended_at)::incident_engine.touch as span
            from unnest(runs) as r
            where r.ffmpeg_status = 'no_data'
        )

        (select s from unnest(silences) as s except select n.span from silence as n)
        union all
        (select n.span from silence as n except select s from unnest(silences) as s)
    );
end
$$;

comment on function incident_engine.fold_states(incident_engine.touch[], timestamptz) is
'Makes the state history of the regions what the samples say, writing only rows that differ. Returns what matters to hosts: '
'silences that came, went or moved, and lives of devices that begin (earlier). horizon: samples after it are not looked at.';

revoke all on function incident_engine.fold_states(incident_engine.touch[], timestamptz) from public;
