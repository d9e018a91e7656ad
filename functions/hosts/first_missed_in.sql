create or replace function incident_engine.first_missed_in(
    host_name text, device_name text, capture_folder text, not_before timestamptz, before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        with failing as (
            select s.started_at, s.ended_at
            from incident.system_state as s
            where
                s.host_name = first_missed_in.host_name
                and s.device_name = first_missed_in.device_name
                and s.capture_folder = first_missed_in.capture_folder
                and s.severity is not null
                and s.ended_at > not_before
                and s.started_at < before
        ),

        -- What was expected, and did not come: the silence's beginning and every sample_interval from there.
        silence as (
            select e.started_at, e.ended_at, p.sample_interval
            from incident.device_state as e
            cross join lateral incident_engine.silence_policy(e.host_name, e.device_name, e.capture_folder) as p
            where
                e.host_name = first_missed_in.host_name
                and e.device_name = first_missed_in.device_name
                and e.capture_folder = first_missed_in.capture_folder
                and e.ffmpeg_status = 'no_data'
                and e.ended_at > not_before
                and e.started_at < before
            union all
            select c.started_at, c.ended_at, c.started_at - c.last_signal_at
            from incident.host_condition as c
            where
                (first_missed_in.device_name, first_missed_in.capture_folder) = (first_missed_in.host_name, 'host')
                and c.host_name = first_missed_in.host_name
                and c.cause = 'silent'
                and c.ended_at > not_before
                and c.started_at < before
        ),

        missed as (
            select s.started_at + s.sample_interval * ceil(
                greatest(extract(epoch from greatest(f.started_at, not_before) - s.started_at), 0)
                / extract(epoch from s.sample_interval)
            )::double precision as timestamp, least(s.ended_at, f.ended_at, before) as before,
                s.ended_at < 'infinity' as is_over
            from failing as f
            join silence as s on s.started_at < f.ended_at and s.ended_at > f.started_at
        ),

        over_limit as (
            select min(r.timestamp) as timestamp
            from incident.host_condition as c
            join incident_engine.host_reading as r using (host_name, cause)
            where
                (first_missed_in.device_name, first_missed_in.capture_folder) = (first_missed_in.host_name, 'host')
                and c.host_name = first_missed_in.host_name
                and c.cause <> 'silent'
                and c.ended_at > not_before
                and c.started_at < before
                and r.timestamp >= greatest(c.started_at, not_before)
                and r.timestamp < least(c.ended_at, before)
                and r.timestamp <= now() + incident_engine.clock_tolerance()
                and r.value >= c.limit_value
        )

        select least(
            (select min(m.timestamp) from missed as m where m.timestamp < m.before and (m.is_over or m.timestamp <= swept_to)),
            (select o.timestamp from over_limit as o)
        )
    );
end
$$;

comment on function incident_engine.first_missed_in(text, text, text, timestamptz, timestamptz) is
'Time of the first sample that a silent device missed, or signal that a silent host missed, or row of a host at or above a limit, '
'from not_before up to, not including, before, in its failing states; null when there is none. While a silence lasts, what is missed '
'is known as far as the sweep has looked.';

revoke all on function incident_engine.first_missed_in(text, text, text, timestamptz, timestamptz) from public;
