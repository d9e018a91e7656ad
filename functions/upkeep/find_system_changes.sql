create or replace function incident_engine.find_system_changes(since timestamptz, as_of timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    shortest constant interval := (select min(p.no_data_after) from incident.policy as p);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- Rows committed while an earlier round looked are found by looking at its time again.
    first_time constant timestamptz := since - longest - incident_engine.commit_delay();
    horizon constant timestamptz := as_of + incident_engine.clock_tolerance();
    own_site constant integer := incident_engine.own_site();
begin
    return (
        -- Hosts none of whose devices is heard, and that may have gone silent by now.
        with own as (
            select h.* from incident.host as h where h.site = own_site
        ),

        unheard as (
            select h.host_name
            from own as h
            left join incident.device as d on d.host_name = h.host_name and d.ffmpeg_status <> 'no_data'
            where d.host_name is null and not h.is_silent
        ),

        lasting as (
            select u.host_name, as_of as timestamp
            from unheard as u
            where coalesce((
                    select max(m.timestamp)
                    from incident_engine.host_sample as m
                    where m.host_name = u.host_name and m.timestamp <= horizon
                ) + shortest <= as_of, true)
        ),

        -- Silences that ended in rows of the hosts before any round saw them.
        ended_unseen as (
            select h.host_name, g.timestamp
            from own as h
            cross join lateral (
                select m.timestamp, lag(m.timestamp) over (order by m.timestamp) as previous_timestamp
                from incident_engine.host_sample as m
                where m.host_name = h.host_name and m.timestamp >= first_time and m.timestamp <= horizon
            ) as g
            where
                g.timestamp >= g.previous_timestamp + shortest
                and not exists (
                    select from incident.host_condition as c
                    where c.host_name = h.host_name and c.cause = 'silent' and c.ended_at = g.timestamp
                )
        ),

        -- Devices that are silent, and until now it could not be told whether they alone are.
        undecided as (
            select d.host_name, d.state_started_at as timestamp
            from incident.device as d
            join own as h using (host_name)
            left join incident.system_state as s
                on s.host_name = d.host_name
                and s.device_name = d.device_name
                and s.capture_folder = d.capture_folder
                and s.ended_at = 'infinity'
            where
                d.ffmpeg_status = 'no_data'
                and not h.is_silent
                and (d.device_name, d.capture_folder) <> (d.host_name, 'host')
                and coalesce(s.status in ('unreachable', 'reporting'), true)
        ),

        -- Devices of which nobody can tell how they are, and have not been able to for long enough.
        unknown as (
            select d.host_name, k.started_at as timestamp
            from incident.device as d
            join own as h using (host_name)
            cross join lateral incident_engine.effective_policy(
                d.host_name, d.device_name, d.capture_folder, 'system'
            ) as p
            cross join lateral (
                select coalesce(max(e.ended_at), d.first_sample_at) as started_at
                from incident.device_state as e
                where
                    e.host_name = d.host_name
                    and e.device_name = d.device_name
                    and e.capture_folder = d.capture_folder
                    and e.ended_at <= d.state_started_at
                    and 'unknown' not in (e.ffmpeg_status, e.monitor_status)
            ) as k
            where
                'unknown' in (d.ffmpeg_status, d.monitor_status)
                and k.started_at + p.unknown_after <= as_of
                and not exists (
                    select from incident.system_state as s
                    where
                        s.host_name = d.host_name
                        and s.device_name = d.device_name
                        and s.capture_folder = d.capture_folder
                        and s.ended_at = 'infinity'
                        and s.status = 'unknown'
                )
        ),

        -- Silences of devices that were laid to their hosts before all samples of the hosts were looked at.
        unconfirmed as (
            select s.host_name, s.started_at as timestamp
            from incident.system_state as s
            join own as h using (host_name)
            where s.status = 'unreachable' and s.ended_at >= first_time and s.ended_at < 'infinity'
        ),

        -- Hosts that were silent while the database was down, and still are or were counted before that was known.
        unreachable as (
            select c.host_name, c.started_at as timestamp
            from incident.host_condition as c
            join own as h using (host_name)
            join incident.outage as o on o.site = own_site and o.ended_at > c.started_at and o.started_at < c.ended_at
            where
                c.cause = 'silent'
                and (o.recorded_at = now() or (c.ended_at = 'infinity' and h.status = 'unreachable'))
        )

        select array_agg((a.host_name, '', '', a.timestamp, a.timestamp)::incident_engine.touch)
        from (
            select l.host_name, l.timestamp from lasting as l
            union
            select e.host_name, e.timestamp from ended_unseen as e
            union
            select u.host_name, u.timestamp from undecided as u
            union
            select c.host_name, c.timestamp from unconfirmed as c
            union
            select x.host_name, x.timestamp from unreachable as x
            union
            select k.host_name, k.timestamp from unknown as k
            union
            select n.host_name, n.from_time from unnest(incident_engine.to_recheck(array(select h.host_name from own as h))) as n
        ) as a
    );
end
$$;

comment on function incident_engine.find_system_changes(timestamptz, timestamptz) is
'Moments at which hosts must be looked at because time has passed: those that went silent without a device going silent, whose '
'silence ended unseen, whose devices'' silence could not be judged yet, and incidents that wait for policy.';

revoke all on function incident_engine.find_system_changes(timestamptz, timestamptz) from public;
