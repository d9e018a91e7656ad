-- Parts of a component's life in which it changed too often.
create table incident.flapping (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    component text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    constraint flapping_pkey primary key (host_name, device_name, capture_folder, component, started_at),
    constraint flapping_device_fkey foreign key (host_name, device_name, capture_folder) references incident.device,
    constraint component_is_known check (component in ('ffmpeg', 'monitor')),
    constraint flapping_ends_after_it_starts check (started_at < ended_at)
);
