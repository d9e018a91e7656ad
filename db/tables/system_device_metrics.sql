create table public.system_device_metrics (
    id uuid not null default gen_random_uuid(),
    host_name text not null,
    device_id text not null,
    device_name text not null,
    device_port text,
    device_model text,
    capture_folder text not null,
    video_device text,
    cpu_percent numeric default 0,
    memory_percent numeric default 0,
    memory_used_gb numeric default 0,
    memory_total_gb numeric default 0,
    disk_percent numeric default 0,
    disk_used_gb numeric default 0,
    disk_total_gb numeric default 0,
    uptime_seconds bigint default 0,
    platform text,
    architecture text,
    ffmpeg_status text not null default 'unknown',
    ffmpeg_uptime_seconds bigint default 0,
    ffmpeg_last_activity timestamptz,
    monitor_status text not null default 'unknown',
    monitor_uptime_seconds bigint default 0,
    monitor_last_activity timestamptz,
    timestamp timestamptz not null,
    created_at timestamptz not null default now(),
    cpu_temperature_celsius numeric,
    load_average_1m numeric(5, 2),
    load_average_5m numeric(5, 2),
    load_average_15m numeric(5, 2),
    disk_usage_capture text,
    constraint system_device_metrics_pkey primary key (host_name, device_name, capture_folder, timestamp),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint device_name_is_not_empty check (device_name <> ''),
    constraint capture_folder_is_not_empty_and_not_unknown check (capture_folder not in ('', 'unknown')),
    constraint ffmpeg_status_is_active_stuck_stopped_or_unknown
    check (ffmpeg_status in ('active', 'stuck', 'stopped', 'unknown')),
    constraint monitor_status_is_active_stuck_stopped_or_unknown
    check (monitor_status in ('active', 'stuck', 'stopped', 'unknown')),
    constraint timestamp_is_finite check (isfinite(timestamp)),
    -- Longer names do not fit into the indexes: of the samples, or only of devices and incidents, and then the engine would
    -- fail on samples that are stored.
    constraint names_have_at_most_500_bytes check (
        octet_length(host_name) <= 500
        and octet_length(device_name) <= 500
        and octet_length(capture_folder) <= 500
        and octet_length(device_id) <= 500
    )
)
partition by range (timestamp);

-- Rows arrive almost in order of time, so a block range index finds "the last few minutes, all devices" for next to
-- nothing per insert.
create index system_device_metrics_timestamp_idx on public.system_device_metrics using brin (timestamp);

-- Policies say which rows, grants say who. The owner, and with it everything that runs as the owner, is exempt.
alter table public.system_device_metrics enable row level security;
create policy readers_see_every_row on public.system_device_metrics for select using (true);
-- Which rows, the function refuse_host says.
create policy agents_insert_rows_of_their_hosts on public.system_device_metrics for insert with check (false);

create table public.system_device_metrics_default partition of public.system_device_metrics default;
-- A partition is reached through its table: row security keeps everybody but the owner from it, even where default privileges
-- have granted rights on it; and who may read everything anyway, for a backup.
alter table public.system_device_metrics_default enable row level security;
create policy backups_see_every_row on public.system_device_metrics_default
for select to pg_read_all_data using (true);
