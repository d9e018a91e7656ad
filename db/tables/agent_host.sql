create table incident_engine.agent_host (
    login text not null,
    host_name text not null,
    allowed_by text not null default session_user,
    allowed_at timestamptz not null default now(),
    constraint agent_host_pkey primary key (login, host_name),
    constraint login_is_not_empty check (login <> ''),
    constraint host_name_is_not_empty check (host_name <> '')
);
