create table incident.outage (
    started_at timestamptz not null,
    ended_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint outage_pkey primary key (ended_at),
    constraint outage_ends_after_it_starts check (started_at < ended_at)
);
