create or replace function incident_engine.samples_still_needed(line timestamptz)
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    crossing incident_engine.touch[];
begin
    crossing := (
        select array_agg(distinct (
            i.host_name, i.device_name, i.capture_folder, line, line
        )::incident_engine.touch)
        from public.system_incident as i
        where
            i.retracted_at is null
            and not i.as_recorded
            and i.detected_at < line
            and (i.status in ('open', 'in_progress') or i.resolved_at >= line - interval '1 day')
    );
    return (
        with reach as (
            select w.host_name, w.device_name, w.capture_folder, min(greatest(c.started_at, w.from_time)) as from_time
            from unnest(incident_engine.affected_spans(crossing, array['ffmpeg', 'monitor', 'system'])) as w
            join incident_engine.component_state as c
                on c.host_name = w.host_name
                and c.device_name = w.device_name
                and c.capture_folder = w.capture_folder
                and c.component = w.component
                and c.condition = 'failing'
                and c.ended_at > w.from_time
                and c.started_at < line
            group by w.host_name, w.device_name, w.capture_folder
        )

        -- A day more, for rules that look at what was before a failure.
        select array_agg((
            r.host_name, r.device_name, r.capture_folder, r.from_time - interval '1 day', line
        )::incident_engine.touch)
        from reach as r
    );
end
$$;

comment on function incident_engine.samples_still_needed(timestamptz) is
'Samples before a moment that the fold may still ask for: those of devices with an incident that was going on then, from the day '
'before it began. The others of that time can go.';

revoke all on function incident_engine.samples_still_needed(timestamptz) from public;
