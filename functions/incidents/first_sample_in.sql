create or replace function incident_engine.first_sample_in(
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    condition text,
    not_before timestamptz,
    before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
-- Plans that know the times open, and lock, the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
begin
    -- Asked of every run of what flaps, and mostly the run is too short for it.
    if not_before >= before then
        return null;
    end if;
    if component = 'system' then
        return case condition
            when 'failing' then incident_engine.first_missed_in(host_name, device_name, capture_folder, not_before, before)
            else incident_engine.first_signal_in(host_name, device_name, capture_folder, not_before, before)
        end;
    end if;
    return (
        select m.timestamp
        from incident_engine.sample as m
        where
            m.host_name = first_sample_in.host_name
            and m.device_name = first_sample_in.device_name
            and m.capture_folder = first_sample_in.capture_folder
            and m.timestamp >= not_before  -- rule: the next failing sample starts another
            and m.timestamp < before
            and case component when 'ffmpeg' then m.ffmpeg_status when 'monitor' then m.monitor_status end
            = any (case condition when 'failing' then array['stuck', 'stopped'] when 'healthy' then array['active'] end)
        order by m.timestamp limit 1
    );
end
$$;

comment on function incident_engine.first_sample_in(text, text, text, text, text, timestamptz, timestamptz) is
'Time of a component''s first failing or healthy sample (condition) from not_before up to, not including, before; null when '
'there is none. Of the component system: failing are the samples and signals that were missed, as far as the sweep has looked, '
'and the rows of a host at or above a limit; healthy are those that came.';

revoke all on function incident_engine.first_sample_in(text, text, text, text, text, timestamptz, timestamptz)
from public;
