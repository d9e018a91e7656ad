create table public.system_metrics (
    id uuid not null default gen_random_uuid(),
    host_name text not null,
    server_name text,
    timestamp timestamptz not null,
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
    ffmpeg_status jsonb,
    monitor_status jsonb,
    ffmpeg_service_uptime_seconds bigint,
    monitor_service_uptime_seconds bigint,
    created_at timestamptz not null default now(),
    cpu_temperature_celsius numeric,
    load_average_1m numeric(5, 2),
    load_average_5m numeric(5, 2),
    load_average_15m numeric(5, 2),
    download_mbps numeric,
    upload_mbps numeric,
    speedtest_last_run timestamptz,
    speedtest_age_seconds integer,
    disk_write_mb_per_sec numeric(10, 2),
    agent jsonb,
    constraint system_metrics_pkey primary key (host_name, timestamp),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint timestamp_is_finite check (isfinite(timestamp)),
    -- Longer names do not fit into the indexes.
    constraint names_have_at_most_500_bytes check (octet_length(host_name) <= 500)
);

-- A day's rows of system_metrics for retention, and how late rows arrive: block ranges, since rows come almost in order.
create index system_metrics_times_idx on public.system_metrics using brin (timestamp, created_at);

-- Policies say which rows, grants say who. The owner, and with it everything that runs as the owner, is exempt.
alter table public.system_metrics enable row level security;
create policy readers_see_every_row on public.system_metrics for select using (true);
-- Which rows, the function refuse_host says.
create policy agents_insert_rows_of_their_hosts on public.system_metrics for insert with check (false);
