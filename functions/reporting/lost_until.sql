-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.lost_until(
    window_start timestamptz, window_end timestamptz, as_of timestamptz, count_no_data boolean, by text
)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    from_time timestamptz,
    lost_before numeric,
    losing numeric,
    lost_after numeric
)
language sql
stable
rows 1000
begin atomic
    -- From each moment on, how many more are losing time.
    with step as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            s.at,
            sum(s.more)::numeric as more
        from incident_engine.scoped_piece(window_start, window_end, as_of, by) as p
        cross join lateral (values (p.started_at, p.weight), (p.ended_at, -p.weight)) as s (at, more)
        where p.condition = 'down' or (count_no_data and p.condition = 'no_data')
        group by p.host_name, p.device_name, p.capture_folder, p.component, s.at
    ),

    running as (
        select
            s.*,
            extract(epoch from s.at - window_start) as after,
            extract(epoch from lead(s.at) over so_far - window_start) as next_after,
            sum(s.more) over so_far as losing,
            sum(s.more * extract(epoch from s.at - window_start)) over so_far as moments
        from step as s
        window so_far as (partition by s.host_name, s.device_name, s.capture_folder, s.component order by s.at)
    )

    select
        r.host_name,
        r.device_name,
        r.capture_folder,
        r.component,
        r.at as from_time,
        r.losing * r.after - r.moments as lost_before,
        r.losing,
        r.losing * r.next_after - r.moments as lost_after
    from running as r
    where r.losing > 0;
end;

comment on function incident_engine.lost_until(timestamptz, timestamptz, timestamptz, boolean, text) is
'Each time in which one or more devices of a report by device, component, host or fleet lost time: from when, how many (losing), and '
'how many seconds of the window had been lost before and after it.';

revoke all on function incident_engine.lost_until(timestamptz, timestamptz, timestamptz, boolean, text) from public;
grant execute on function incident_engine.lost_until(timestamptz, timestamptz, timestamptz, boolean, text)
to incident_viewer;
