create table incident.host (
    host_name text not null,
    first_seen_at timestamptz not null,
    registered_at timestamptz not null default now(),
    status text not null default 'reporting',
    reason text,
    state_started_at timestamptz not null,
    is_silent boolean not null default false,
    over_limits text[] not null default '{}',
    site integer not null default 0,
    constraint host_pkey primary key (host_name),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint status_is_known check (status in ('reporting', 'silent', 'over_limit', 'unreachable', 'new', 'retired')),
    constraint over_limits_are_known check (over_limits <@ array['cpu', 'memory', 'disk', 'temperature', 'clock'])
);
