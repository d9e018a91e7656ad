create table incident.sealed_report_line (
    report_id bigint not null,
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    up_seconds numeric not null,
    down_seconds numeric not null,
    unknown_seconds numeric not null,
    no_data_seconds numeric not null,
    maintenance_seconds numeric not null,
    window_seconds numeric not null,
    target_percent numeric not null,
    incidents bigint not null,
    failures bigint not null,
    -- The names of then: a device may have been moved since.
    constraint sealed_report_line_pkey primary key (host_name, device_name, capture_folder, report_id)
);
