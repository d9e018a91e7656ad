create table incident.policy_change (
    change_id bigint generated always as identity,
    changed_at timestamptz not null default now(),
    operator text not null,
    recorded_by text not null default session_user,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    setting text not null,
    old_value text,
    new_value text,
    note text,
    constraint policy_change_pkey primary key (change_id)
);
