create table incident_engine.agent_host (
    login text not null,
    host_name text not null,
    allowed_by text not null default session_user,
    allowed_at timestamptz not null default now(),
    constraint agent_host_pkey primary key (login, host_name),
    constraint login_is_not_empty check (login <> ''),
    constraint host_name_is_not_empty check (host_name <> '')
);

alter table incident_engine.agent_host enable row level security;
create policy a_login_sees_its_own_hosts on incident_engine.agent_host
for select using (login = session_user::text);
-- Who reads everything for a backup (pg_dump --enable-row-security).
create policy backups_see_every_row on incident_engine.agent_host for select to pg_read_all_data using (true);
