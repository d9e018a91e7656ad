create or replace function incident_engine.condition(ffmpeg_status text, monitor_status text)
returns text
language sql
immutable
parallel safe
return case
    when ffmpeg_status in ('stuck', 'stopped') or monitor_status in ('stuck', 'stopped') then 'down'
    when ffmpeg_status = 'active' and monitor_status = 'active' then 'up'
    when ffmpeg_status in ('no_data', 'maintenance', 'outage') then ffmpeg_status
    else 'unknown'
end;

comment on function incident_engine.condition(text, text) is
'What a moment counts as in availability: down (any component stuck or stopped), up (both active), no_data, maintenance, outage (of '
'the database), else unknown. For one component its status twice.';

revoke all on function incident_engine.condition(text, text) from public;
grant execute on function incident_engine.condition(text, text) to incident_viewer;
