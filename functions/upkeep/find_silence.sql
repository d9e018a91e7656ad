create or replace function incident_engine.find_silence(since timestamptz, as_of timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
-- Plans that know the times open, and lock, the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
declare
    usual constant interval := (
        select p.no_data_after from incident.policy as p
        where p.host_name is null and p.component is null and p.site = incident_engine.own_site()
    );
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- A gap of no_data_after that ended after since, or lasts at as_of, leaves at least one slot of half that length empty.
    -- Nothing older needs to be looked at, whenever it was committed: a sample that an earlier round could not see yet lies
    -- in a gap that was too short to count, and one that ends a silence which that round recorded is folded when it arrives.
    slot constant interval := usual / 2;  -- rule: a silence leaves a slot empty
    slot_seconds constant double precision := date_part('epoch', slot);
    screened_from constant timestamptz := since - usual - slot;
    -- As many as fit into 63 bits; all devices are looked at one by one when the last round is longer ago.
    slots constant integer := (
        select case
            when isfinite(since) then least(greatest(floor(date_part('epoch', as_of - screened_from) / slot_seconds), 0), 63)
            else 63
        end::integer
    );
    -- Worked out here: what the planner cannot work out (times and intervals depend on the time zone) opens all partitions.
    screened_to constant timestamptz := screened_from + slots * slot;
    read_from constant timestamptz := since - longest - slot;
    horizon constant timestamptz := as_of + incident_engine.clock_tolerance();
begin
    if incident_engine.follows_sites() then
        return null; -- a central database has no samples
    end if;
    return (
        with seen as (
            select m.host_name, m.device_name, m.capture_folder,
                bit_or(
                    1::bigint << floor(date_part('epoch', m.timestamp - screened_from) / slot_seconds)::integer
                ) as in_slots
            from incident_engine.sample as m
            where slots < 63 and m.timestamp >= screened_from and m.timestamp < screened_to
            group by m.host_name, m.device_name, m.capture_folder
        ),

        -- Hosts on which a shorter silence than usual counts.
        quicker as (
            select distinct p.host_name from incident.policy as p where p.no_data_after < usual
        ),

        scope as materialized (
            select p.host_name, p.device_name, p.capture_folder, (p.policy).no_data_after
            from incident_engine.scope_policies(null, array[null]::text[]) as p
        ),

        -- Devices that lack a sample in some slot, and all of a quicker host.
        candidate as (
            select d.host_name, d.device_name, d.capture_folder, d.ffmpeg_status, d.state_started_at,
                coalesce(pd.no_data_after, ph.no_data_after, pa.no_data_after) as no_data_after
            from incident.device as d
            join scope as pa on pa.host_name is null
            left join scope as ph on ph.host_name = d.host_name and ph.device_name is null
            left join scope as pd
                on pd.host_name = d.host_name and pd.device_name = d.device_name and pd.capture_folder = d.capture_folder
            left join seen as s
                on s.host_name = d.host_name and s.device_name = d.device_name and s.capture_folder = d.capture_folder
            left join quicker as q on q.host_name = d.host_name
            where
                slots = 63
                or (s.in_slots is distinct from (1::bigint << slots) - 1 and (d.ffmpeg_status <> 'no_data' or s.in_slots > 0))
                or q.host_name is not null
        ),

        sample as (
            select c.host_name, c.device_name, c.capture_folder, c.no_data_after, m.*
            from candidate as c
            cross join lateral (
                select n.timestamp,
                    lag(n.timestamp) over (order by n.timestamp) as previous_timestamp,
                    lead(n.timestamp) over (order by n.timestamp) as next_timestamp
                from incident_engine.sample as n
                where
                    n.host_name = c.host_name
                    and n.device_name = c.device_name
                    and n.capture_folder = c.capture_folder
                    and n.timestamp >= since - c.no_data_after - slot
                    and n.timestamp >= read_from
                    and n.timestamp <= horizon
            ) as m
        ),

        ended_unseen as (
            select s.host_name, s.device_name, s.capture_folder, s.timestamp
            from sample as s
            where
                s.timestamp >= s.previous_timestamp + s.no_data_after
                and not exists (
                    select from incident.device_state as e
                    where
                        (e.host_name, e.device_name, e.capture_folder) = (s.host_name, s.device_name, s.capture_folder)
                        and e.ffmpeg_status = 'no_data'
                        and e.ended_at = s.timestamp
                )
        ),

        lasting as (
            select c.host_name, c.device_name, c.capture_folder, coalesce(s.timestamp, c.state_started_at) as timestamp
            from candidate as c
            left join sample as s
                on s.host_name = c.host_name
                and s.device_name = c.device_name
                and s.capture_folder = c.capture_folder
                and s.next_timestamp is null
            where c.ffmpeg_status <> 'no_data' and coalesce(s.timestamp + c.no_data_after <= as_of, true)
        )

        select array_agg((s.host_name, s.device_name, s.capture_folder, s.timestamp, s.to_time)::incident_engine.touch)
        from (
            select e.host_name, e.device_name, e.capture_folder, e.timestamp, e.timestamp as to_time from ended_unseen as e  -- rule: a silence that ended unseen is found
            union
            select l.host_name, l.device_name, l.capture_folder, l.timestamp, 'infinity' from lasting as l  -- rule: a silence that lasts is found
        ) as s
    );
end
$$;

comment on function incident_engine.find_silence(timestamptz, timestamptz) is
'Silences that no fold has seen yet: gaps that ended in samples newer than since, and devices silent at as_of. One pass over '
'the samples since the last round and the length of a silence before it, whatever the length of the history; only devices of '
'which something is missing are looked at one by one.';

revoke all on function incident_engine.find_silence(timestamptz, timestamptz) from public;
