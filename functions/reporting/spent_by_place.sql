-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.spent_by_place(
    edges timestamptz[], window_start timestamptz, window_end timestamptz, as_of timestamptz, by text
)
returns table (
    place_start timestamptz,
    place_end timestamptz,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    up numeric,
    down numeric,
    no_data numeric,
    maintenance numeric,
    outage numeric,
    lived numeric,
    devices bigint,
    device_id text
)
language sql
stable
rows 1000
begin atomic
    with clipped as (
        select
            named.edges as named_edges,
            array[window_start]
            || named.edges[2:cardinality(named.edges) - 1]
            || array[least(window_end, as_of)] as edges
        from (
            select spent_by_place.edges
            from (values (true)) as single (row)
            offset 0 -- worked out once
        ) as named
        where cardinality(named.edges) > 1
    ),

    -- Microseconds, since any element of an array of whole numbers is found at once.
    edge as materialized (
        select
            c.named_edges,
            c.edges,
            cardinality(c.edges) as number,
            window_start as origin,
            array(
                select (extract(epoch from at.edge - window_start) * 1000000)::bigint
                from unnest(c.edges) with ordinality as at (edge, place)
                order by at.place
            ) as microseconds
        from clipped as c
    ),

    life as materialized (
        select l.* from incident_engine.scoped_life(window_start, window_end, as_of, by) as l
    ),

    -- Pieces that start in one place and end in another are added up together: all that matters is how many there are, and how
    -- far from the origin their starts and ends lie in sum.
    bundle as (
        select
            p.host_name,
            p.device_name,
            p.capture_folder,
            p.component,
            p.condition,
            p.weight,
            width_bucket(p.started_at, e.edges) as start_place,
            width_bucket(p.ended_at, e.edges) as end_place,
            count(*) as pieces,
            extract(epoch from sum(p.started_at - e.origin)) as started_after,
            extract(epoch from sum(p.ended_at - e.origin)) as ended_after
        from incident_engine.scoped_piece(window_start, window_end, as_of, by) as p
        cross join edge as e
        group by
            p.host_name, p.device_name, p.capture_folder, p.component, p.condition, p.weight, start_place, end_place
    ),

    life_bundle as (
        select
            l.host_name,
            l.device_name,
            l.capture_folder,
            l.component,
            'lived' as condition,
            width_bucket(l.from_time, e.edges) as start_place,
            width_bucket(l.to_time, e.edges) as end_place,
            count(*) as pieces,
            extract(epoch from sum(l.from_time - e.origin)) as started_after,
            extract(epoch from sum(l.to_time - e.origin)) as ended_after,
            max(l.device_id) as device_id
        from life as l
        cross join edge as e
        group by l.host_name, l.device_name, l.capture_folder, l.component, start_place, end_place
    ),

    -- In which places a device was at all, once each however often it was retired there.
    presence as (
        select
            l.host_name,
            l.device_name,
            l.capture_folder,
            l.component,
            greatest(
                width_bucket(l.from_time, e.edges), 1 + incident_engine.last_place(l.earlier_until, e.edges)
            ) as start_place,
            1 + incident_engine.last_place(l.to_time, e.edges) as end_place,
            count(*) as pieces
        from life as l
        cross join edge as e
        group by l.host_name, l.device_name, l.capture_folder, l.component, start_place, end_place
    ),

    -- From each moment on, how many more are in that condition: steps, whose running sum is how many are. Names are sorted by
    -- their bytes: by the rules of a language that takes ten times as long.
    step as (
        select
            b.host_name collate "C" as host_name,
            b.device_name collate "C" as device_name,
            b.capture_folder collate "C" as capture_folder,
            b.component collate "C" as component,
            b.condition collate "C" as condition,
            max(b.device_id) as device_id,
            s.place,
            sum(s.more) as more,
            sum(s.after) as after
        from (
            select
                p.*,
                null as device_id
            from bundle as p
            union all
            select
                l.host_name,
                l.device_name,
                l.capture_folder,
                l.component,
                l.condition,
                1 as weight,
                l.start_place,
                l.end_place,
                l.pieces,
                l.started_after,
                l.ended_after,
                l.device_id
            from life_bundle as l
            union all
            select
                l.host_name,
                l.device_name,
                l.capture_folder,
                l.component,
                'present' as condition,
                1 as weight,
                l.start_place,
                l.end_place,
                l.pieces,
                0 as started_after,
                0 as ended_after,
                null as device_id
            from presence as l
            where l.start_place < l.end_place
        ) as b
        cross join
            lateral (
                values
                (b.start_place, b.weight * b.pieces, b.weight * b.started_after),
                (b.end_place, -b.weight * b.pieces, -b.weight * b.ended_after)
            ) as s (place, more, after)
        group by
            b.host_name collate "C",
            b.device_name collate "C",
            b.capture_folder collate "C",
            b.component collate "C",
            b.condition collate "C",
            s.place
    ),

    running as (
        select
            s.*,
            sum(s.more) over so_far as going_on,
            lead(s.place) over so_far as next_place
        from step as s
        window so_far as (
            partition by s.host_name, s.device_name, s.capture_folder, s.component, s.condition order by s.place
        )
    ),

    filled as (
        select
            r.host_name,
            r.device_name,
            r.capture_folder,
            r.component,
            r.condition,
            r.device_id,
            e.named_edges[at.place] as place_start,
            e.named_edges[at.place + 1] as place_end,
            r.going_on,
            r.going_on * 0.000001 * (e.microseconds[at.place + 1] - e.microseconds[at.place])
            + case
                when at.place = r.place then r.more * 0.000001 * e.microseconds[at.place] - r.after
                else 0
            end as seconds
        from running as r
        cross join edge as e
        cross join lateral generate_series(r.place, coalesce(r.next_place, e.number) - 1) as at (place)
    )

    select
        f.place_start,
        f.place_end,
        f.host_name collate "default" as host_name,
        f.device_name collate "default" as device_name,
        f.capture_folder collate "default" as capture_folder,
        f.component collate "default" as component,
        coalesce(sum(f.seconds) filter (where f.condition = 'up'), 0) as up,
        coalesce(sum(f.seconds) filter (where f.condition = 'down'), 0) as down,
        coalesce(sum(f.seconds) filter (where f.condition = 'no_data'), 0) as no_data,
        coalesce(sum(f.seconds) filter (where f.condition = 'maintenance'), 0) as maintenance,
        coalesce(sum(f.seconds) filter (where f.condition = 'outage'), 0) as outage,
        sum(f.seconds) filter (where f.condition = 'lived') as lived,
        (sum(f.going_on) filter (where f.condition = 'present'))::bigint as devices,
        max(f.device_id) as device_id
    from filled as f
    group by f.place_start, f.place_end, f.host_name, f.device_name, f.capture_folder, f.component
    having sum(f.seconds) filter (where f.condition = 'lived') > 0;
end;

comment on function incident_engine.spent_by_place(timestamptz[], timestamptz, timestamptz, timestamptz, text) is
'Seconds that devices, components, hosts or the fleet (by) spent in each condition between each edge and the next, within the window '
'and up to as_of: the first edge is not after window_start, the last not before the end. outage: silent while the database itself was '
'down. lived: all of it; what is in none of the others was unknown. devices: how many were in service at some time of the place.';

revoke all on function
incident_engine.spent_by_place(timestamptz[], timestamptz, timestamptz, timestamptz, text) from public;
grant execute on function
incident_engine.spent_by_place(timestamptz[], timestamptz, timestamptz, timestamptz, text)
to incident_viewer;
