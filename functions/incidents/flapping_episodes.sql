create or replace function incident_engine.flapping_episodes(
    host_name text, device_name text, capture_folder text, component text, from_time timestamptz, horizon timestamptz
)
returns incident.flapping[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    policy constant incident.policy := incident_engine.effective_policy(
        host_name, device_name, capture_folder, component
    );
    running_since constant timestamptz := (
        select max(f.started_at)
        from incident.flapping as f
        where
            f.host_name = flapping_episodes.host_name
            and f.device_name = flapping_episodes.device_name
            and f.capture_folder = flapping_episodes.capture_folder
            and f.component = flapping_episodes.component
            and f.started_at < from_time
            and f.ended_at >= from_time
    );
    -- Twenty intervals back, so that the first sample has its percentage.
    first_read constant timestamptz := incident_engine.nth_sample_before(
        host_name, device_name, capture_folder, from_time, 20
    );
    failing_before boolean;
begin
    select c.condition = 'failing'
    into failing_before
    from incident_engine.component_state as c
    where
        c.host_name = flapping_episodes.host_name
        and c.device_name = flapping_episodes.device_name
        and c.capture_folder = flapping_episodes.capture_folder
        and c.component = flapping_episodes.component
        and c.condition <> 'neutral'
        and c.started_at < first_read
    order by c.started_at desc
    limit 1;

    return (
        with sample as (
            select m.timestamp,
                m.timestamp - lag(m.timestamp) over (order by m.timestamp) as interval_before,
                case case component when 'ffmpeg' then m.ffmpeg_status else m.monitor_status end
                    when 'active' then false when 'stuck' then true when 'stopped' then true
                end as is_failing
            from incident_engine.sample as m
            where
                m.host_name = flapping_episodes.host_name
                and m.device_name = flapping_episodes.device_name
                and m.capture_folder = flapping_episodes.capture_folder
                and m.timestamp between first_read and horizon
        ),

        -- A silence is as many intervals without a change as it missed samples.
        counted as (
            select s.timestamp, s.is_failing,
                sum(
                    case
                        when s.interval_before >= policy.no_data_after then greatest(floor(
                            extract(epoch from s.interval_before) / extract(epoch from policy.sample_interval)
                        ), 1)
                        else 1
                    end
                ) over (order by s.timestamp)::bigint as number
            from sample as s
        ),

        -- One that is neither failing nor healthy is as the one before it.
        filled as (
            select k.timestamp, k.number,
                coalesce(
                    first_value(k.is_failing) over (partition by k.decided order by k.number), failing_before
                ) as is_failing
            from (
                select c.*, count(c.is_failing) over (order by c.number) as decided from counted as c
            ) as k
        ),

        changing as (
            select f.timestamp, f.number,
                coalesce(f.is_failing <> lag(f.is_failing, 1, failing_before) over (order by f.number), false)::integer
                as change
            from filled as f
        ),

        -- The newest change weighs 1.25, one 19 samples older 0.75, in between in equal steps of 1/38; 20 in all.
        scored as (
            select c.timestamp,
                (95 * sum(c.change) over latest - 2 * (c.number * sum(c.change) over latest - sum(c.change * c.number) over latest))
                * 5.0 / 76 as percent
            from changing as c
            window latest as (order by c.number range between 19 preceding and current row)
        ),

        marked as (
            select s.timestamp,
                case
                    when s.percent >= policy.flapping_start_percent then true
                    when s.percent <= policy.flapping_stop_percent then false
                end as flaps
            from scored as s
            where s.timestamp >= from_time
        ),

        known as (
            select k.timestamp,
                coalesce(first_value(k.flaps) over (partition by k.marks order by k.timestamp), running_since is not null)
                as flaps
            from (
                select m.*, count(m.flaps) over (order by m.timestamp) as marks from marked as m
            ) as k
        ),

        turn as (
            select t.timestamp, t.flaps, lead(t.timestamp, 1, 'infinity') over (order by t.timestamp) as until
            from (
                select running_since as timestamp, true as flaps where running_since is not null
                union all
                select k.timestamp, k.flaps
                from (
                    select n.*, lag(n.flaps, 1, running_since is not null) over (order by n.timestamp) as flapped
                    from known as n
                ) as k
                where k.flaps <> k.flapped
            ) as t
        )

        select array_agg(
            (
                flapping_episodes.host_name, flapping_episodes.device_name, flapping_episodes.capture_folder,
                flapping_episodes.component, t.timestamp, t.until
            )::incident.flapping
            order by t.timestamp
        )
        from turn as t
        where t.flaps
    );
end
$$;

comment on function incident_engine.flapping_episodes(text, text, text, text, timestamptz, timestamptz) is
'When a component flaps from from_time on, by its samples; what runs then is taken from incident.flapping. The rule is that of '
'Nagios: changes among the last 20 intervals, weighted from 0.75 (oldest) to 1.25 (newest), as a percentage of 20; what a silence missed '
'are intervals without a change. horizon: samples after it are not looked at.';

revoke all on function incident_engine.flapping_episodes(text, text, text, text, timestamptz, timestamptz) from public;
