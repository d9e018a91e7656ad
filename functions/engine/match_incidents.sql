create or replace function incident_engine.match_incidents(
    windows incident_engine.incident_window[], stretches incident_engine.stretch[]
)
returns incident_engine.incident_match[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with stretch as (
            select s.*
            from unnest(stretches) with ordinality as s (
                host_name, device_name, capture_folder, component, started_at, ended_at,
                severity, first_severity, severity_since, stretch_no
            )
        ),

        -- A split keeps the first part.
        candidate as (
            select i.host_name, i.incident_id, i.detected_at, s.stretch_no
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.detected_at >= w.from_time
                and i.detected_at < w.to_time
                and i.retracted_at is null
            left join lateral (
                select t.stretch_no
                from stretch as t
                where
                    (t.host_name, t.device_name, t.capture_folder, t.component)
                    = (i.host_name, i.device_name, i.capture_folder, i.component)
                    and (
                        t.started_at = i.detected_at
                        or (t.started_at < coalesce(i.resolved_at, 'infinity') and t.ended_at >= i.detected_at)
                    )
                order by t.started_at
                limit 1
            ) as s on true
        ),

        -- Two that join become the older one.
        ranked as (
            select c.*, first_value(c.incident_id) over (
                partition by c.host_name, c.stretch_no order by c.detected_at, c.incident_id
            ) as keeper
            from candidate as c
        ),

        kept as (
            select r.host_name, r.incident_id,
                case when r.incident_id = r.keeper then r.stretch_no end as stretch_no,
                case when r.incident_id <> r.keeper and r.stretch_no is not null then r.keeper end as joined_into
            from ranked as r
        )

        select array_agg((m.host_name, m.incident_id, m.stretch_no, m.joined_into)::incident_engine.incident_match)
        from (
            select k.* from kept as k
            union all
            select s.host_name, null, s.stretch_no, null
            from stretch as s
            where s.stretch_no not in (select k.stretch_no from kept as k where k.stretch_no is not null)
        ) as m
    );
end
$$;

comment on function incident_engine.match_incidents(incident_engine.incident_window[], incident_engine.stretch[]) is
'Decides which recorded incident is which stretch of the history, which are to be retracted and which to be opened.';

revoke all on function incident_engine.match_incidents(incident_engine.incident_window[], incident_engine.stretch[])
from public;
