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
    seconds_left numeric
)
language sql
stable
rows 1000
begin atomic
    -- Hours, not days: a day of the session's time zone may have 23.
    with reach as (
        select
            r.read_to - interval '5 minutes' as from_5m,
            r.read_to - interval '30 minutes' as from_30m,
            r.read_to - interval '1 hour' as from_1h,
            r.read_to - interval '6 hours' as from_6h,
            r.read_to - interval '72 hours' as from_3d
        from (select least(window_end, as_of) as read_to) as r
    ),

    -- What of each piece lies in each of these; a piece that is taken away again goes backwards.
    recent as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            p.is_up or p.is_lost as is_counted,
            p.is_lost,
            greatest(p.to_time, r.from_5m) - greatest(p.from_time, r.from_5m) as in_5m,
            greatest(p.to_time, r.from_30m) - greatest(p.from_time, r.from_30m) as in_30m,
            greatest(p.to_time, r.from_1h) - greatest(p.from_time, r.from_1h) as in_1h,
            greatest(p.to_time, r.from_6h) - greatest(p.from_time, r.from_6h) as in_6h,
            p.to_time - p.from_time as in_3d
        from (
            select
                s.host_name,
                s.device_name,
                s.capture_folder,
                s.component,
                s.condition = 'up' as is_up,
                s.condition = 'down' or (count_no_data and s.condition = 'no_data') as is_lost,
                case when s.weight > 0 then s.started_at else s.ended_at end as from_time,
                case when s.weight > 0 then s.ended_at else s.started_at end as to_time
            from incident_engine.scoped_piece(
                    least(window_end, as_of) - interval '72 hours', window_end, as_of, by
                ) as s
            offset 0 -- worked out once, not once more for each use
        ) as p
        cross join reach as r
    ),

    -- In service, and what is still to come for those who are, less the maintenance planned in it. Time before a first sample
    -- counts as good.
    service as (
        select
            row(
                case when by <> 'fleet' then l.host_name end,
                case when by in ('device', 'component') then l.device_name end,
                case when by in ('device', 'component') then l.capture_folder end
            ) as key,
            count(*) filter (where l.to_time = e.read_to) as in_service,
            coalesce(sum(extract(epoch from incident_engine.time_in(
                tstzmultirange(tstzrange(as_of, greatest(window_end, as_of))) - coalesce(m.spans, '{}')
            ))) filter (where l.to_time = e.read_to), 0) as to_come,
            sum(greatest(300 - a.seconds, 0)) filter (where l.earlier_until is null) as unborn_5m,
            sum(greatest(1800 - a.seconds, 0)) filter (where l.earlier_until is null) as unborn_30m,
            sum(greatest(3600 - a.seconds, 0)) filter (where l.earlier_until is null) as unborn_1h,
            sum(greatest(21600 - a.seconds, 0)) filter (where l.earlier_until is null) as unborn_6h,
            sum(greatest(259200 - a.seconds, 0)) filter (where l.earlier_until is null) as unborn_3d
        from incident_engine.life_piece(window_start, window_end, as_of) as l
        left join incident_engine.maintenance_span(as_of, greatest(window_end, as_of)) as m
            on
            l.host_name = m.host_name
            and l.device_name = m.device_name
            and l.capture_folder = m.capture_folder
        cross join (select least(window_end, as_of) as read_to) as e
        cross join
            lateral (
                select extract(epoch from e.read_to - l.born_at) as seconds
                from (values (true)) as single (row)
                offset 0 -- worked out once, not once more for each use
            ) as a
        group by
            case when by <> 'fleet' then l.host_name end,
            case when by in ('device', 'component') then l.device_name end,
            case when by in ('device', 'component') then l.capture_folder end
    ),

    -- Joined by a row as a whole, in which nulls are equal.
    lost as (
        select
            row(t.host_name, t.device_name, t.capture_folder, t.component) as key,
            coalesce(extract(epoch from sum(t.in_5m) filter (where t.is_lost)), 0) as lost_5m,
            coalesce(extract(epoch from sum(t.in_5m) filter (where t.is_counted)), 0) as counted_5m,
            coalesce(extract(epoch from sum(t.in_30m) filter (where t.is_lost)), 0) as lost_30m,
            coalesce(extract(epoch from sum(t.in_30m) filter (where t.is_counted)), 0) as counted_30m,
            coalesce(extract(epoch from sum(t.in_1h) filter (where t.is_lost)), 0) as lost_1h,
            coalesce(extract(epoch from sum(t.in_1h) filter (where t.is_counted)), 0) as counted_1h,
            coalesce(extract(epoch from sum(t.in_6h) filter (where t.is_lost)), 0) as lost_6h,
            coalesce(extract(epoch from sum(t.in_6h) filter (where t.is_counted)), 0) as counted_6h,
            coalesce(extract(epoch from sum(t.in_3d) filter (where t.is_lost)), 0) as lost_3d,
            coalesce(extract(epoch from sum(t.in_3d) filter (where t.is_counted)), 0) as counted_3d
        from recent as t
        group by t.host_name, t.device_name, t.capture_folder, t.component
    )

    select
        s.host_name,
        s.device_name,
        s.capture_folder,
        s.component,
        s.device_id,
        s.devices,
        t.target_percent,
        incident_engine.percent(s.up, s.up + c.lost) as availability_percent,
        incident_engine.percent(s.up + s.down, s.lived - s.maintenance) as coverage_percent,
        s.up,
        c.lost,
        s.up + c.lost as counted,
        s.lived - s.maintenance - s.up - s.down - s.no_data as unknown,
        b.allowed,
        incident_engine.burn_rate(l.lost_5m, l.counted_5m + v.unborn_5m, b.allowed_part) as burn_rate_5m,
        incident_engine.burn_rate(l.lost_30m, l.counted_30m + v.unborn_30m, b.allowed_part) as burn_rate_30m,
        incident_engine.burn_rate(l.lost_1h, l.counted_1h + v.unborn_1h, b.allowed_part) as burn_rate_1h,
        incident_engine.burn_rate(l.lost_6h, l.counted_6h + v.unborn_6h, b.allowed_part) as burn_rate_6h,
        incident_engine.burn_rate(l.lost_3d, l.counted_3d + v.unborn_3d, b.allowed_part) as burn_rate_3d,
        (b.allowed - c.lost) * (l.counted_3d + v.unborn_3d) / nullif(l.lost_3d * v.in_service, 0) as seconds_left
    from incident_engine.spent_time(window_start, window_end, as_of, by) as s
    cross join lateral (select s.down + case when count_no_data then s.no_data else 0 end as lost) as c
    join service as v
        on
        v.key = row(s.host_name, s.device_name, s.capture_folder)
    left join lost as l
        on
        l.key = row(s.host_name, s.device_name, s.capture_folder, s.component)
    cross join lateral incident_engine.sla_target(s.host_name, s.device_name, s.capture_folder, s.component) as t
    cross join
        lateral (
            select
                (100 - t.target_percent) / 100 as allowed_part,
                incident_engine.round_down((100 - t.target_percent) / 100 * (s.up + c.lost + v.to_come), 6) as allowed
            from (values (true)) as single (row)
            offset 0 -- worked out once, not once more for each use
        ) as b;
end;

comment on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz) is
'The sums behind incident.sla_report; seconds_left: how long the budget lasts from as_of on if things go on as in the last 3 days.';

revoke all on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz) from public;
grant execute on function incident_engine.budget_line(timestamptz, timestamptz, boolean, text, timestamptz)
to incident_viewer;
