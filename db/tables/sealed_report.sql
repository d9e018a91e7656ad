create table incident.sealed_report (
    report_id bigint generated always as identity,
    period tstzrange not null,
    sealed_at timestamptz not null default now(),
    sealed_by text not null,
    note text,
    devices integer not null,
    policy jsonb not null,
    digest text not null,
    recorded_by text default session_user,
    constraint sealed_report_pkey primary key (report_id),
    constraint period_is_over_when_it_is_sealed check (upper(period) <= sealed_at),
    constraint digest_is_a_sha256 check (digest ~ '^[0-9a-f]{64}$')
);

create index sealed_report_period_idx on incident.sealed_report (period, sealed_at);
