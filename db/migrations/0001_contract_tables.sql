-- The three tables that collectors and dashboards know by name. Columns are the contract; constraints say what is legal.

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
    constraint system_metrics_pkey primary key (host_name, timestamp),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint timestamp_is_finite check (isfinite(timestamp))
);

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
    constraint timestamp_is_finite check (isfinite(timestamp))
)
partition by range (timestamp);

create table public.system_device_metrics_default partition of public.system_device_metrics default;

-- Rows arrive almost in order of time, so a block range index finds "the last few minutes, all devices" for next to
-- nothing per insert.
create index system_device_metrics_timestamp_idx on public.system_device_metrics using brin (timestamp);

create table public.system_incident (
    incident_id bigint generated always as identity,
    incident_uuid uuid not null default gen_random_uuid(),
    host_name text not null,
    device_id text not null,
    device_name text not null,
    capture_folder text not null,
    video_device text,
    incident_type text not null,
    severity text not null,
    component text not null,
    status text not null default 'open',
    detected_at timestamptz not null,
    acknowledged_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    detection_to_ack_minutes integer,
    ack_to_resolution_minutes integer,
    total_duration_minutes integer,
    description text,
    root_cause text,
    resolution_notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- what the engine and the people at work on it add
    detected_severity text not null,
    severity_since timestamptz not null,
    reason text,
    acknowledged_by text,
    assignee text,
    resolved_by text,
    closed_by text,
    reopen_count integer not null default 0,
    retracted_at timestamptz,
    updated_by text not null default session_user,
    update_note text,
    acted_at timestamptz,
    constraint system_incident_pkey primary key (incident_id),
    constraint system_incident_incident_uuid_key unique (incident_uuid),
    constraint system_incident_host_name_incident_id_key unique (host_name, incident_id),
    constraint incident_type_is_known check (incident_type in ('ffmpeg_failure', 'monitor_failure', 'system_failure')),
    constraint severity_is_known check (severity in ('critical', 'high', 'medium', 'low')),
    constraint detected_severity_is_known check (detected_severity in ('critical', 'high', 'medium', 'low')),
    constraint component_is_known check (component in ('ffmpeg', 'monitor', 'system')),
    constraint status_is_known check (status in ('open', 'in_progress', 'resolved', 'closed')),
    constraint incident_type_names_the_component check (incident_type = component || '_failure'),
    constraint in_progress_means_acknowledged check (status <> 'in_progress' or acknowledged_at is not null),
    constraint resolved_or_closed_means_resolved_at check (
        (status in ('resolved', 'closed')) = (resolved_at is not null)
    ),
    constraint closed_means_closed_at check ((status = 'closed') = (closed_at is not null)),
    constraint resolution_follows_detection check (resolved_at >= detected_at),
    constraint severity_is_reached_within_the_incident check (severity_since >= detected_at),
    constraint acknowledged_at_and_by_go_together check ((acknowledged_at is null) = (acknowledged_by is null)),
    constraint retracted_means_not_active check (retracted_at is null or status in ('resolved', 'closed')),
    constraint durations_are_not_negative
    check (detection_to_ack_minutes >= 0 and ack_to_resolution_minutes >= 0 and total_duration_minutes >= 0)
);

-- At most one active incident for a device's component, whoever writes and however many at once.
create unique index unique_open_incident
on public.system_incident (host_name, device_name, capture_folder, component)
where status in ('open', 'in_progress');

create index system_incident_device_detected_idx
on public.system_incident (host_name, device_name, capture_folder, component, detected_at);
create index system_incident_device_id_idx on public.system_incident (host_name, device_id);
create index system_incident_status_idx on public.system_incident (status);
create index system_incident_detected_idx on public.system_incident (detected_at);
create index system_incident_type_severity_idx on public.system_incident (incident_type, severity);

comment on table public.system_metrics is
'One row per host or server per minute: its own load. Collectors insert; key (host_name, timestamp).';
comment on table public.system_device_metrics is
'One row (a sample) per device per minute: what its ffmpeg and monitor processes were doing from "timestamp" until the '
'device''s next sample. Collectors insert through this table, never into a partition; samples are immutable.';
comment on table public.system_incident is
'One row per incident: a stretch in which a component of a device failed. Opened, escalated and resolved by the '
'engine, worked by people through the functions of schema incident.';

comment on column public.system_device_metrics.ffmpeg_status is
'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';
comment on column public.system_device_metrics.monitor_status is
'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';
comment on column public.system_device_metrics.timestamp is 'When the sample was taken, by the host''s clock.';
comment on column public.system_device_metrics.created_at is 'When the database learned of it.';
comment on column public.system_incident.severity is
'Worst seen in the incident: stuck is high, stopped is critical.';
comment on column public.system_incident.detected_severity is 'Severity of its first failing state.';
comment on column public.system_incident.severity_since is 'When the present severity was reached.';
comment on column public.system_incident.status is
'open -> in_progress (acknowledged) -> resolved -> closed; open -> resolved; resolved -> open (reopened).';
comment on column public.system_incident.detected_at is 'Start of the first failing state, by the samples.';
comment on column public.system_incident.acknowledged_at is 'When a person first acknowledged it.';
comment on column public.system_incident.resolved_at is
'Start of the next healthy state, by the samples, or when a person resolved it by hand.';
comment on column public.system_incident.closed_at is 'When a person closed it.';
comment on column public.system_incident.detection_to_ack_minutes is
'acknowledged_at - detected_at in whole minutes, rounded down; kept by trigger.';
comment on column public.system_incident.ack_to_resolution_minutes is
'resolved_at - acknowledged_at in whole minutes, rounded down, 0 when it recovered before it was acknowledged, null when it '
'never was acknowledged; kept by trigger.';
comment on column public.system_incident.total_duration_minutes is
'resolved_at - detected_at in whole minutes, rounded down; kept by trigger.';
comment on column public.system_incident.reason is 'What is wrong now, for system incidents.';
comment on column public.system_incident.retracted_at is
'When later samples showed that this incident never was. Retracted incidents are kept and left out of reports.';
comment on column public.system_incident.created_at is 'When the database learned of it; detected_at says when it happened.';
comment on column public.system_incident.updated_at is 'When the row was last written.';
comment on column public.system_incident.updated_by is
'Who wrote the row last: engine, or the operator as stated to the function.';
comment on column public.system_incident.update_note is 'The note of the last write; goes into the timeline.';
comment on column public.system_incident.acted_at is 'When a person last changed it, as stated to the function.';
