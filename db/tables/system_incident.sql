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
    anchored_at timestamptz,
    anchored_from timestamptz,
    anchored_to timestamptz,
    engine_reopen_count integer not null default 0,
    reopened_at timestamptz,
    flapping_since timestamptz,
    part_of bigint,
    announced_at timestamptz,
    snoozed_until timestamptz,
    dismissed_at timestamptz,
    dismissed_by text,
    as_recorded boolean not null default false,
    metadata jsonb not null default '{}',
    constraint system_incident_pkey primary key (incident_id),
    constraint system_incident_incident_uuid_key unique (incident_uuid),
    -- In this order, lest an unanalysed database take it for the way to one of a host's incidents.
    constraint system_incident_host_name_incident_id_key unique (incident_id, host_name),
    constraint system_incident_part_of_fkey
    foreign key (host_name, part_of) references public.system_incident (host_name, incident_id) deferrable,
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
    constraint dismissed_at_and_by_go_together check ((dismissed_at is null) = (dismissed_by is null)),
    constraint retracted_means_not_active check (retracted_at is null or status in ('resolved', 'closed')),
    constraint durations_are_not_negative
    check (detection_to_ack_minutes >= 0 and ack_to_resolution_minutes >= 0 and total_duration_minutes >= 0),
    constraint anchored_at_and_from_go_together check ((anchored_at is null) = (anchored_from is null)),
    constraint reopen_count_includes_the_engine_s check (reopen_count >= engine_reopen_count),
    constraint metadata_is_an_object_of_at_most_100_kb
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 100000),
    constraint part_of_another_incident check (part_of <> incident_id)
);

-- At most one active incident for a device's component, whoever writes and however many at once.
create unique index unique_open_incident
on public.system_incident (host_name, device_name, capture_folder, component)
where status in ('open', 'in_progress');
create index system_incident_device_detected_idx
on public.system_incident (host_name, device_name, capture_folder, component, detected_at);
create index system_incident_device_id_idx on public.system_incident (device_id, host_name);
-- The active ones have an index of their own; without statistics this one would look as good a way to those of a host.
create index system_incident_status_idx on public.system_incident (status) where status in ('resolved', 'closed');
create index system_incident_detected_idx on public.system_incident (detected_at);
create index system_incident_type_severity_idx on public.system_incident (incident_type, severity);
create index system_incident_resolved_idx on public.system_incident (resolved_at);
create index system_incident_anchored_idx
on public.system_incident (host_name, device_name, capture_folder, component, anchored_to)
where anchored_to is not null;
create index system_incident_part_of_idx on public.system_incident (host_name, part_of) where part_of is not null;
create index system_incident_as_recorded_idx
on public.system_incident (host_name, device_name, capture_folder) where as_recorded;
create index system_incident_unannounced_idx on public.system_incident (host_name)
where announced_at is null and status in ('open', 'in_progress');
