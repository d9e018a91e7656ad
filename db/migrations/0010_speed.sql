-- Reports read the states of a window from the index alone, in the order in which they ended.
drop index incident.device_state_ended_idx;
create index device_state_ended_idx on incident.device_state (ended_at)
include (host_name, device_name, capture_folder, started_at, ffmpeg_status, monitor_status);
