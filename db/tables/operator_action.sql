-- What people did to the course of incidents.
create table incident_engine.operator_action (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    component text not null,
    action text not null,
    acted_at timestamptz not null,
    constraint operator_action_pkey
    primary key (host_name, device_name, capture_folder, component, action, acted_at),
    constraint action_is_known check (action in ('resolved', 'reopened', 'closed'))
);
