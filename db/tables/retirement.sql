create table incident.retirement (
    host_name text not null,
    retirement_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    retired_at timestamptz not null,
    reason text not null,
    retired_by text not null,
    recorded_at timestamptz not null default now(),
    revoked_at timestamptz,
    revoked_by text,
    constraint retirement_pkey primary key (host_name, retirement_id),
    constraint retirement_host_fkey foreign key (host_name) references incident.host deferrable,
    constraint device_name_and_capture_folder_go_together check ((device_name is null) = (capture_folder is null)),
    constraint retired_at_is_finite check (isfinite(retired_at)),
    constraint reason_is_not_empty check (reason <> ''),
    constraint revoked_at_and_by_go_together check ((revoked_at is null) = (revoked_by is null))
);
