-- Errors caught by the fail-safe, and spans of samples to fold later. The sweep works it off.
create table incident_engine.error (
    host_name text not null,
    error_id bigint generated always as identity,
    occurred_at timestamptz not null default now(),
    sqlstate text not null,
    message text not null,
    detail text,
    hint text,
    context text,
    attempts integer not null default 0,
    last_attempt_at timestamptz,
    repaired_at timestamptz,
    touched jsonb not null,
    constraint error_pkey primary key (host_name, error_id)
);

create index error_waiting_idx on incident_engine.error (occurred_at) where repaired_at is null;
