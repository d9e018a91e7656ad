-- Inlined into the query that calls it; that is why no search_path is pinned; the body is bound when it is created.
create or replace function incident.reliability_ranking(
    window_start timestamptz default now() - interval '7 days',
    window_end timestamptz default now(),
    top integer default 5,
    as_of timestamptz default now()
)
returns table (
    standing text,
    place bigint,
    host_name text,
    device_name text,
    capture_folder text,
    availability_percent numeric,
    failures bigint,
    mtbf_seconds numeric,
    lost_seconds numeric,
    reason text,
    device_id text
)
language sql
stable
rows 10
begin atomic
    with failed as (
        select
            f.host_name,
            f.device_name,
            f.capture_folder,
            count(*) as failures,
            count(*) filter (where lower(f.counted) >= window_start) as started,
            bool_or(upper(f.counted) = least(window_end, as_of, k.known_to)) as still_failing
        from incident_engine.failure_piece(window_start, window_end, as_of, 'device') as f
        left join incident_engine.known_until() as k on f.host_name = k.host_name
        group by f.host_name, f.device_name, f.capture_folder
    ),

    -- Of what nothing is known, the worst is thought.
    rated as (
        select
            a.*,
            a.down_seconds + a.no_data_seconds as lost,
            coalesce(f.failures, 0) as failures,
            f.still_failing,
            incident_engine.round_down(a.up_seconds / nullif(f.started, 0), 6) as mtbf,
            coalesce(a.up_seconds / nullif(a.up_seconds + a.down_seconds + a.no_data_seconds, 0), -1) as up_part
        from incident.availability(window_start, window_end, true, 'device', as_of) as a
        left join failed as f
            on
            a.host_name = f.host_name
            and a.device_name = f.device_name
            and a.capture_folder = f.capture_folder
        where a.window_seconds > a.maintenance_seconds
    ),

    placed as (
        select
            r.*,
            r.up_part < 1 as is_bad,
            row_number() over (
                order by
                    r.up_part asc,
                    r.lost desc,
                    r.unknown_seconds desc,
                    r.failures desc,
                    r.host_name asc,
                    r.device_name asc,
                    r.capture_folder asc
            ) as from_below,
            row_number() over (
                order by
                    r.up_part desc,
                    r.coverage_percent desc,
                    r.failures asc,
                    r.up_seconds desc,
                    r.host_name asc,
                    r.device_name asc,
                    r.capture_folder asc
            ) as from_above
        from rated as r
    ),

    chosen as (
        select
            p.*,
            case when p.from_below <= coalesce(top, 1) and p.is_bad then 'worst' else 'best' end as standing,
            case when p.from_below <= coalesce(top, 1) and p.is_bad then p.from_below else p.from_above end as place
        from placed as p
        where (p.from_below <= coalesce(top, 1) and p.is_bad) or p.from_above <= coalesce(top, 1)
    )

    select
        c.standing,
        c.place,
        c.host_name,
        c.device_name,
        c.capture_folder,
        c.availability_percent,
        c.failures,
        c.mtbf as mtbf_seconds,
        c.lost as lost_seconds,
        concat_ws(
            ', ',
            case
                when c.down_seconds > 0
                    then 'down ' || incident_engine.readable_duration(c.down_seconds)
                        || case c.failures
                            when 0 then ''
                            when 1 then ' in 1 failure'
                            else ' in ' || c.failures || ' failures'
                        end
                        || case when c.still_failing then ', still failing' else '' end
            end,
            case when c.no_data_seconds > 0 then 'silent ' || incident_engine.readable_duration(c.no_data_seconds) end,
            case when c.unknown_seconds > 0 then 'unknown ' || incident_engine.readable_duration(c.unknown_seconds) end,
            case
                when c.up_part = 1
                    then 'up ' || case when c.unknown_seconds = 0 then 'all ' else '' end
                        || incident_engine.readable_duration(c.up_seconds)
            end
        ) as reason,
        c.device_id
    from chosen as c
    where
        (select incident_engine.check_report(window_start, window_end, as_of))
        and (select incident_engine.check_count(top, 'top'))
    order by c.standing desc, c.place asc;
end;

comment on function incident.reliability_ranking(timestamptz, timestamptz, integer, timestamptz) is
'Which devices are the worst and the best, and why: the top (default 5) of either kind over a window, by default the last 7 days. '
'Ranked by availability (silence counts against it), by exact seconds; a device of which nothing is known is the worst of all. Worst '
'devices are those that lost time, or of which nothing is known; none is listed as both. failures: as in incident.mtbf, with those that '
'began before the window; mtbf_seconds: as there. lost_seconds = down + no_data. Devices in maintenance throughout are left out. '
'Errors: 22023.';

revoke all on function incident.reliability_ranking(timestamptz, timestamptz, integer, timestamptz) from public;
grant execute on function incident.reliability_ranking(
    timestamptz, timestamptz, integer, timestamptz
) to incident_viewer;
