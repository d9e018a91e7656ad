-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.budget_line(
    window_start timestamptz, window_end timestamptz, count_no_data boolean, by text, as_of timestamptz
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    device_id text,
    devices bigint,
    target_percent numeric,
    availability_percent numeric,
    coverage_percent numeric,
    up numeric,
    lost numeric,
    counted numeric,
    unknown numeric,
    allowed numeric,
    burn_rate_5m numeric,
    burn_rate_30m numeric,
    burn_rate_1h numeric,
    burn_rate_6h numeric,
    burn_rate_3d numeric,
    seconds_left numeric,
    ran_out_at timestamptz
)
language sql
stable
rows 1000
begin atomic
    with scope as materialized (
        select s.* from incident_engine.budget_scope(window_start, window_end, as_of, by) as s
    ),

    -- Read once, for the window and for the 3 days before its end (hours: a day of the session's time zone may have 23). A piece
    -- that is taken away again goes backwards. Names are null where a report has none: arrays of
    -- them are equal all the same, and let the planner expect many rows, not one.
    piece as materialized (
        select
            v.place,
            s.condition,
            s.condition = 'down' or (count_no_data and s.condition = 'no_data') as is_lost,
            case when s.weight > 0 then s.started_at else s.ended_at end as from_time,
            case when s.weight > 0 then s.ended_at else s.started_at end as to_time
        from incident_engine.scoped_piece(
                least(window_start, least(window_end, as_of) - interval '72 hours'), window_end, as_of, by
            ) as s
        join scope as v
            on
            array[v.host_name, v.device_name, v.capture_folder, v.component]
            = array[s.host_name, s.device_name, s.capture_folder, s.component]
    ),

    spent as (
        select
            p.place,
            coalesce(extract(epoch from sum(p.duration) filter (where p.condition = 'up')), 0) as up,
            coalesce(extract(epoch from sum(p.duration) filter (where p.condition = 'down')), 0) as down,
            coalesce(extract(epoch from sum(p.duration) filter (where p.condition = 'no_data')), 0) as no_data,
            coalesce(extract(epoch from sum(p.duration) filter (where p.condition = 'maintenance')), 0) as maintenance,
            coalesce(extract(epoch from sum(p.duration) filter (where p.is_lost)), 0) as lost
        from (
            select
                e.place,
                e.condition,
                e.is_lost,
                greatest(e.to_time, window_start) - greatest(e.from_time, window_start) as duration
            from piece as e
        ) as p
        group by p.place
    ),

    recent as (
        select
            t.place,
            extract(epoch from sum(t.in_5m) filter (where t.is_lost)) as lost_5m,
            extract(epoch from sum(t.in_5m)) as counted_5m,
            extract(epoch from sum(t.in_30m) filter (where t.is_lost)) as lost_30m,
            extract(epoch from sum(t.in_30m)) as counted_30m,
            extract(epoch from sum(t.in_1h) filter (where t.is_lost)) as lost_1h,
            extract(epoch from sum(t.in_1h)) as counted_1h,
            extract(epoch from sum(t.in_6h) filter (where t.is_lost)) as lost_6h,
            extract(epoch from sum(t.in_6h)) as counted_6h,
            extract(epoch from sum(t.in_3d) filter (where t.is_lost)) as lost_3d,
            extract(epoch from sum(t.in_3d)) as counted_3d
        from (
            select
                p.place,
                p.is_lost,
                greatest(p.to_time, r.from_5m) - greatest(p.from_time, r.from_5m) as in_5m,
                greatest(p.to_time, r.from_30m) - greatest(p.from_time, r.from_30m) as in_30m,
                greatest(p.to_time, r.from_1h) - greatest(p.from_time, r.from_1h) as in_1h,
                greatest(p.to_time, r.from_6h) - greatest(p.from_time, r.from_6h) as in_6h,
                greatest(p.to_time, r.from_3d) - greatest(p.from_time, r.from_3d) as in_3d
            from piece as p
            cross join
                (
                    select
                        e.read_to - interval '5 minutes' as from_5m,
                        e.read_to - interval '30 minutes' as from_30m,
                        e.read_to - interval '1 hour' as from_1h,
                        e.read_to - interval '6 hours' as from_6h,
                        e.read_to - interval '72 hours' as from_3d
                    from (select least(window_end, as_of) as read_to) as e
                    offset 0
                ) as r
            where greatest(p.from_time, p.to_time) > r.from_3d and (p.is_lost or p.condition = 'up')
        ) as t
        group by t.place
    ),

    line as materialized (
        select
            v.*,
            t.target_percent,
            (100 - t.target_percent) / 100 as allowed_part,
            s.up,
            s.down,
            s.lost,
            v.lived - s.maintenance as asked,
            v.lived - s.maintenance - s.up - s.down - s.no_data as unknown,
            incident_engine.round_down((100 - t.target_percent) / 100 * (s.up + s.lost + v.to_come), 6) as allowed
        from scope as v
        join spent as s on v.place = s.place -- who is in service has a state
        cross join lateral incident_engine.sla_target(v.host_name, v.device_name, v.capture_folder, v.component) as t
    ),

    -- Of those that are overspent, how much was lost until each moment at which that begins, ends, goes faster or slower.
    losing as (
        select
            l.place,
            l.allowed,
            s.at,
            lead(s.at) over so_far as next_at,
            sum(s.more) over so_far as number,
            sum(s.more * (s.at - window_start)) over so_far as moments
        from line as l
        join piece as p on l.place = p.place
        cross join
            lateral (
                values (greatest(p.from_time, window_start), 1), (greatest(p.to_time, window_start), -1)
            ) as s (at, more)
        where l.lost > 0 and l.lost >= l.allowed and p.is_lost
        window so_far as (partition by l.place order by s.at)
    ),

    overspent as (
        select
            o.place,
            min(o.at + make_interval(
                secs => (
                    greatest(o.allowed - extract(epoch from o.number * (o.at - window_start) - o.moments), 0) / o.number
                )::double precision
            )) as ran_out_at
        from losing as o
        where o.number > 0 and extract(epoch from o.number * (o.next_at - window_start) - o.moments) >= o.allowed
        group by o.place
    )

    select
        l.host_name,
        l.device_name,
        l.capture_folder,
        l.component,
        l.device_id,
        l.devices,
        l.target_percent,
        incident_engine.percent(l.up, l.up + l.lost) as availability_percent,
        incident_engine.percent(l.up + l.down, l.asked) as coverage_percent,
        l.up,
        l.lost,
        l.up + l.lost as counted,
        l.unknown,
        l.allowed,
        incident_engine.burn_rate(r.lost_5m, r.counted_5m + l.unborn_5m, l.allowed_part) as burn_rate_5m,
        incident_engine.burn_rate(r.lost_30m, r.counted_30m + l.unborn_30m, l.allowed_part) as burn_rate_30m,
        incident_engine.burn_rate(r.lost_1h, r.counted_1h + l.unborn_1h, l.allowed_part) as burn_rate_1h,
        incident_engine.burn_rate(r.lost_6h, r.counted_6h + l.unborn_6h, l.allowed_part) as burn_rate_6h,
        incident_engine.burn_rate(r.lost_3d, r.counted_3d + l.unborn_3d, l.allowed_part) as burn_rate_3d,
        (l.allowed - l.lost) * (r.counted_3d + l.unborn_3d) / nullif(r.lost_3d * l.in_service, 0) as seconds_left,
        o.ran_out_at
    from line as l
    left join recent as r on l.place = r.place
    left join overspent as o on l.place = o.place;
end;

comment on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz) is
'The sums behind incident.sla_report. seconds_left: how long the budget lasts from as_of on if things go on as in the last 3 days; '
'ran_out_at: when all of it was lost.';

revoke all on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
