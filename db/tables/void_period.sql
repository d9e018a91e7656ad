-- Samples that count for nothing, because a person said so.
create table incident.void_period (
    host_name text not null,
    void_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    period tstzrange not null,
    reason text not null,
    voided_at timestamptz not null default now(),
    voided_by text not null,
    restored_at timestamptz,
    restored_by text,
    restore_reason text,
    recorded_by text not null default session_user,
    constraint void_period_pkey primary key (host_name, void_id),
    constraint folder_names_its_device check (capture_folder is null or device_name is not null),
    constraint period_is_not_empty check (not isempty(period)),
    constraint who_and_when_restored_go_together
    check ((restored_at is null) = (restored_by is null) and (restored_at is null) = (restore_reason is null))
);
