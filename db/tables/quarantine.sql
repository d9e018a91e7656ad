create table incident_engine.quarantine (
    source text not null,
    quarantine_id bigint generated always as identity,
    reason text not null,
    original jsonb not null,
    quarantined_at timestamptz not null default now(),
    taken_over boolean not null default false,
    constraint quarantine_pkey primary key (source, quarantine_id)
);
