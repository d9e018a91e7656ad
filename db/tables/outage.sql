create table incident.outage (
    started_at timestamptz not null,
    ended_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    site integer not null default 0,
    constraint outage_pkey primary key (site, ended_at),
    constraint outage_ends_after_it_starts check (started_at < ended_at)
);
