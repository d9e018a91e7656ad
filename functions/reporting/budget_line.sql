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
    with burn as (
        select
            b.label,
            s.host_name,
            s.device_name,
            s.capture_folder,
            s.component,
            s.up + s.down + case when count_no_data then s.no_data else 0 end as counted,
            s.down + case when count_no_data then s.no_data else 0 end as lost
        from (
            values
            ('5m', interval '5 minutes'),
            ('30m', interval '30 minutes'),
            ('1h', interval '1 hour'),
            ('6h', interval '6 hours'),
            ('3d', interval '72 hours')
        ) as b (label, length)
        cross join
            lateral incident_engine.spent_time(
                least(window_end, as_of) - b.length, least(window_end, as_of), as_of, by
            ) as s
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
            max(t.lost) filter (where t.label = '5m') as lost_5m,
            max(t.counted) filter (where t.label = '5m') as counted_5m,
            max(t.lost) filter (where t.label = '30m') as lost_30m,
            max(t.counted) filter (where t.label = '30m') as counted_30m,
            max(t.lost) filter (where t.label = '1h') as lost_1h,
            max(t.counted) filter (where t.label = '1h') as counted_1h,
            max(t.lost) filter (where t.label = '6h') as lost_6h,
            max(t.counted) filter (where t.label = '6h') as counted_6h,
            max(t.lost) filter (where t.label = '3d') as lost_3d,
            max(t.counted) filter (where t.label = '3d') as counted_3d
        from burn as t
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
