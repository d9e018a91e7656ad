-- Devices, registered on first sight; written again only when their state changes.
create table incident.device (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    device_id text not null,
    video_device text,
    ffmpeg_status text not null,
    monitor_status text not null,
    state_started_at timestamptz not null,
    first_sample_at timestamptz not null,
    registered_at timestamptz not null default now(),
    recheck_until timestamptz,
    constraint device_pkey primary key (host_name, device_name, capture_folder)
);
