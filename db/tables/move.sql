-- Devices and hosts that go by another name since.
create table incident.move (
    host_name text not null,
    move_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    to_host_name text not null,
    to_device_name text,
    to_capture_folder text,
    moved_at timestamptz not null default now(),
    moved_by text not null,
    note text,
    samples bigint not null,
    incidents bigint not null,
    timeline_heads jsonb not null,
    recorded_by text not null default session_user,
    constraint move_pkey primary key (host_name, move_id),
    constraint device_names_go_together check (
        num_nulls(device_name, capture_folder, to_device_name, to_capture_folder) in (0, 4)
    )
);
