-- Run-length encoded state history.
create table incident.device_state (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    ffmpeg_status text not null,
    monitor_status text not null,
    constraint device_state_pkey primary key (host_name, device_name, capture_folder, started_at),
    constraint device_state_device_fkey foreign key (host_name, device_name, capture_folder) references incident.device
    deferrable,
    constraint state_ends_after_it_starts check (started_at < ended_at),
    constraint started_at_is_finite check (isfinite(started_at)),
    constraint statuses_are_known check (
        ffmpeg_status in ('active', 'stuck', 'stopped', 'unknown', 'no_data')
        and monitor_status in ('active', 'stuck', 'stopped', 'unknown', 'no_data')
    ),
    constraint no_data_means_both check ((ffmpeg_status = 'no_data') = (monitor_status = 'no_data'))
);

create unique index device_state_one_current on incident.device_state (host_name, device_name, capture_folder)
where ended_at = 'infinity';
create index device_state_ended_idx on incident.device_state (ended_at)
include (host_name, device_name, capture_folder, started_at, ffmpeg_status, monitor_status);
