create or replace function incident_engine.fold_incidents(
    regions incident_engine.touch[], components text[], horizon timestamptz default now() + interval '5 minutes'
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    windows constant incident_engine.incident_window[] := incident_engine.incident_windows(
        regions, components
    );
    stretches constant incident_engine.stretch[] := incident_engine.stretches(windows, horizon);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    matches incident_engine.incident_match[];
begin
    matches := incident_engine.match_incidents(windows, stretches);
    if matches is null then
        perform incident_engine.update_attention(regions);
        return;
    end if;

    matches := incident_engine.leave_held(matches, stretches, regions);
    perform set_config('incident_engine.writer', 'engine', true);

    -- First what ends, then what begins or goes on: a component has one active incident at any moment.
    update public.system_incident as i
    set status = case when i.status = 'closed' then 'closed' else 'resolved' end,
        resolved_at = coalesce(i.resolved_at, i.detected_at),
        resolved_by = coalesce(i.resolved_by, 'engine'),
        retracted_at = now(),
        updated_by = 'engine',
        update_note = case
            when m.joined_into is null then 'later samples show that it never was'
            else format('joined into incident %s: later samples show one failure', m.joined_into)
        end
    from unnest(matches) as m
    where i.host_name = m.host_name and i.incident_id = m.incident_id and m.stretch_no is null;

    perform incident_engine.update_incidents(matches, stretches, false);
    perform incident_engine.update_incidents(matches, stretches, true);
    perform incident_engine.open_incidents(matches, stretches);

    perform set_config('incident_engine.writer', writer_before, true);
    perform incident_engine.update_attention(regions);
end
$$;

comment on function incident_engine.fold_incidents(incident_engine.touch[], text[], timestamptz) is
'Makes the incidents around the regions what the state history says. An incident whose stretch grew keeps its number; of two '
'that join the one stays that somebody has worked on, else the older; of one that is split the part stays that somebody has '
'worked on, else the first; one that never was is retracted. horizon: samples after it are not looked at.';

revoke all on function incident_engine.fold_incidents(incident_engine.touch[], text[], timestamptz) from public;
