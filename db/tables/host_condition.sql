create table incident.host_condition (
    host_name text not null,
    cause text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    value numeric,
    limit_value numeric,
    last_signal_at timestamptz,
    reached_at timestamptz,
    constraint host_condition_pkey primary key (host_name, cause, started_at),
    constraint host_condition_host_fkey foreign key (host_name) references incident.host deferrable,
    constraint cause_is_known check (cause in ('silent', 'cpu', 'memory', 'disk', 'temperature', 'clock')),
    constraint condition_ends_after_it_starts check (started_at < ended_at),
    constraint silence_has_a_last_signal check (
        (cause in ('silent', 'clock')) = (last_signal_at is not null) and (cause = 'silent') = (reached_at is not null)
    ),
    constraint load_has_a_value_and_a_limit check (
        (cause <> 'silent') = (value is not null) and (cause <> 'silent') = (limit_value is not null)
    )
);

create index host_condition_current_idx on incident.host_condition (host_name) where ended_at = 'infinity';
