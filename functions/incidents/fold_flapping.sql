create or replace function incident_engine.fold_flapping(regions incident_engine.touch[], horizon timestamptz)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    candidate incident_engine.incident_window;
    recorded incident.flapping[];
    episodes incident.flapping[];
    changed incident_engine.touch[] := array[]::incident_engine.touch[];
begin
    foreach candidate in array coalesce(incident_engine.flapping_candidates(regions), '{}') loop
        episodes := incident_engine.flapping_episodes(
            candidate.host_name, candidate.device_name, candidate.capture_folder, candidate.component,
            candidate.from_time, horizon
        );
        recorded := (
            select array_agg(f order by f.started_at)
            from incident.flapping as f
            where
                f.host_name = candidate.host_name
                and f.device_name = candidate.device_name
                and f.capture_folder = candidate.capture_folder
                and f.component = candidate.component
                and f.ended_at >= candidate.from_time
        );
        continue when episodes is not distinct from recorded;

        delete from incident.flapping as f
        where
            f.host_name = candidate.host_name
            and f.device_name = candidate.device_name
            and f.capture_folder = candidate.capture_folder
            and f.component = candidate.component
            and f.ended_at >= candidate.from_time;
        insert into incident.flapping
        select e.* from unnest(episodes) as e;
        changed := changed || (
            candidate.host_name, candidate.device_name, candidate.capture_folder, candidate.from_time, 'infinity'
        )::incident_engine.touch;
    end loop;
    return regions || changed;
end
$$;

comment on function incident_engine.fold_flapping(incident_engine.touch[], timestamptz) is
'Brings incident.flapping up to the samples of the regions. Returns the regions, and those in which incidents may be others '
'because flapping began or ended otherwise. horizon: samples after it are not looked at.';

revoke all on function incident_engine.fold_flapping(incident_engine.touch[], timestamptz) from public;
