create table incident.system_state (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    status text not null,
    reason text,
    severity text,
    constraint system_state_pkey primary key (host_name, device_name, capture_folder, started_at),
    constraint system_state_host_fkey foreign key (host_name) references incident.host deferrable,
    constraint status_is_known check (
        status in ('reporting', 'silent', 'unknown', 'over_limit', 'unreachable', 'new', 'retired')
    ),
    constraint state_ends_after_it_starts check (started_at < ended_at),
    constraint failing_has_a_reason_and_a_severity check (
        (status in ('silent', 'unknown', 'over_limit')) = (reason is not null) and (reason is null) = (severity is null)
    ),
    constraint severity_is_known check (severity in ('critical', 'high', 'medium'))
);

create unique index system_state_one_current on incident.system_state (host_name, device_name, capture_folder)
where ended_at = 'infinity';
create index system_state_unreachable_idx on incident.system_state (ended_at) where status = 'unreachable';
