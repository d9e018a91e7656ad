create table incident_engine.future_sample (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    timestamp timestamptz not null,
    constraint future_sample_pkey primary key (host_name, device_name, capture_folder, timestamp)
);

create index future_sample_timestamp_idx on incident_engine.future_sample (timestamp);
