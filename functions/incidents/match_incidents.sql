create or replace function incident_engine.match_incidents(
    windows incident_engine.incident_window[], stretches incident_engine.stretch[]
)
returns incident_engine.incident_match[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_hashjoin = on
as $$
begin
    return (
        with stretch as (
            select s.*
            from unnest(stretches) with ordinality as s (
                host_name, device_name, capture_folder, component, started_at, ended_at,
                severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
            )
        ),

        -- What a person has acted on is never given up for good: should later samples tell of it again, it is back.
        recorded as (
            select i.host_name, i.device_name, i.capture_folder, i.component, i.incident_id, i.anchored_at,
                i.acted_at is not null as is_worked_on, i.retracted_at
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.detected_at >= w.from_time
                and i.detected_at < w.to_time
            where i.retracted_at is null
            union all
            select i.host_name, i.device_name, i.capture_folder, i.component, i.incident_id, i.anchored_at, true, i.retracted_at
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.anchored_at >= w.from_time
                and i.anchored_at < w.to_time
            where i.retracted_at is not null and i.acted_at is not null
        ),

        -- Stretches do not overlap: the last one that started by then holds the moment, or none does.
        placed as (
            select p.host_name, p.device_name, p.capture_folder, p.component, p.incident_id, p.moment, p.is_worked_on,
                p.retracted_at, max(p.started_at) over before as stretch_started_at
            from (
                select s.host_name, s.device_name, s.capture_folder, s.component, null::bigint as incident_id,
                    s.started_at as moment, null::boolean as is_worked_on, null::timestamptz as retracted_at,
                    s.started_at
                from stretch as s
                union all
                select r.host_name, r.device_name, r.capture_folder, r.component, r.incident_id,
                    r.anchored_at, r.is_worked_on, r.retracted_at, null
                from recorded as r
            ) as p
            window before as (
                partition by p.host_name, p.device_name, p.capture_folder, p.component
                order by p.moment, p.incident_id nulls first
            )
        ),

        candidate as (
            select p.host_name, p.incident_id, p.moment, p.is_worked_on, p.retracted_at, s.stretch_no
            from placed as p
            left join stretch as s
                on s.host_name = p.host_name
                and s.device_name = p.device_name
                and s.capture_folder = p.capture_folder
                and s.component = p.component
                and s.started_at = p.stretch_started_at
                and s.ended_at >= p.moment
            where p.incident_id is not null
        ),

        -- Of those that join the one worked on stays, and of several the older.
        ranked as (
            select c.*, first_value(c.incident_id) over (
                partition by c.host_name, c.stretch_no order by not c.is_worked_on, c.moment, c.incident_id
            ) as keeper
            from candidate as c
        ),

        kept as (
            select r.host_name, r.incident_id,
                case when r.incident_id = r.keeper then r.stretch_no end as stretch_no,
                case when r.incident_id <> r.keeper and r.stretch_no is not null then r.keeper end as joined_into,
                r.retracted_at
            from ranked as r
        )

        select array_agg((m.host_name, m.incident_id, m.stretch_no, m.joined_into)::incident_engine.incident_match)
        from (
            select k.host_name, k.incident_id, k.stretch_no, k.joined_into
            from kept as k
            where k.stretch_no is not null or k.retracted_at is null
            union all
            select s.host_name, null, s.stretch_no, null
            from stretch as s
            where s.stretch_no not in (select k.stretch_no from kept as k where k.stretch_no is not null)
        ) as m
    );
end
$$;

comment on function incident_engine.match_incidents(incident_engine.incident_window[], incident_engine.stretch[]) is
'Decides which recorded incident is which stretch of the history (the one that holds its anchored_at), which are to be retracted '
'and which to be opened.';

revoke all on function incident_engine.match_incidents(incident_engine.incident_window[], incident_engine.stretch[])
from public;
