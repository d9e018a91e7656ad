create or replace function incident.on_call(rotation text default null, at timestamptz default now())
returns table (
    rotation text,
    contact text,
    since timestamptz,
    until timestamptz,
    next_contact text,
    stands_in_for text,
    note text
)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    with turn as (
        select r.rotation, r.members, r.time_zone, t.turn, t.since, t.until
        from incident.rotation as r
        cross join
            lateral (
                select
                    floor(extract(epoch from (on_call.at at time zone r.time_zone) - (r.starts_on + r.handover_at)) / (
                        case r.handover_every when 'week' then 604800 else 86400 end
                    ))::integer as turn
            ) as about
        -- Where the clock is put back or forward the local difference may be one off.
        cross join
            lateral (
                select c.turn, c.since, incident_engine.on_call_turn(r, c.turn + 1) as until
                from (
                    select n.turn, incident_engine.on_call_turn(r, n.turn) as since
                    from generate_series(about.turn - 1, about.turn + 1) as n (turn)
                ) as c
                where c.since <= on_call.at
                order by c.turn desc
                limit 1
            ) as t
        where on_call.rotation is null or r.rotation = on_call.rotation
    ),

    named as (
        select
            t.rotation, t.since, t.until,
            t.members[1 + mod(mod(t.turn, cardinality(t.members)) + cardinality(t.members), cardinality(t.members))]
                as contact,
            t.members[
                1 + mod(mod(t.turn + 1, cardinality(t.members)) + cardinality(t.members), cardinality(t.members))
            ] as next_contact
        from turn as t
    )

    select
        n.rotation,
        coalesce(o.contact, n.contact) as contact,
        greatest(n.since, lower(o.period)) as since,
        least(n.until, upper(o.period)) as until,
        case when upper(o.period) < n.until then n.contact else n.next_contact end as next_contact,
        case when o.contact is not null then n.contact end as stands_in_for,
        o.note
    from named as n
    left join lateral (
        select v.contact, v.period, v.note from incident.rotation_override as v
        where v.rotation = n.rotation and v.period @> on_call.at
        order by v.override_id desc
        limit 1
    ) as o on true
    order by n.rotation;
end;

comment on function incident.on_call(text, timestamptz) is
'Whose turn it is, of one rotation or (null) of each, at a moment: since and until when, who is next, and for whom somebody stands in.';

revoke all on function incident.on_call(text, timestamptz) from public;
grant execute on function incident.on_call(text, timestamptz) to incident_viewer;
