-- What reports need: the way to the incidents that last into a window, and a place for reports as they were given out.

create index system_incident_resolved_idx on public.system_incident (resolved_at);

-- Sealed reports: the past may change (late rows, maintenance added afterwards), what was reported does not.

create table incident.sealed_report (
    report_id bigint generated always as identity,
    period tstzrange not null,
    sealed_at timestamptz not null default now(),
    sealed_by text not null,
    note text,
    devices integer not null,
    policy jsonb not null,
    digest text not null,
    constraint sealed_report_pkey primary key (report_id),
    constraint period_is_over_when_it_is_sealed check (upper(period) <= sealed_at),
    constraint digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);
create index sealed_report_period_idx on incident.sealed_report (period, sealed_at);

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
    constraint sealed_report_line_pkey primary key (host_name, device_name, capture_folder, report_id),
    constraint sealed_report_line_device_fkey
    foreign key (host_name, device_name, capture_folder) references incident.device
);

comment on table incident.sealed_report is
'Reports kept as they were given out, written by the function seal_report alone.';
comment on column incident.sealed_report.period is 'What it reports on, from its start up to, not including, its end.';
comment on column incident.sealed_report.sealed_at is 'When; what the database learned later is not in it.';
comment on column incident.sealed_report.sealed_by is 'Who, as stated to the function.';
comment on column incident.sealed_report.policy is 'incident.policy as it was then.';
comment on column incident.sealed_report.digest is
'SHA-256 of period, policy and lines; the function verify_report works it out again.';
comment on table incident.sealed_report_line is 'A sealed report''s numbers for each device.';
