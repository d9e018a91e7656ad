-- Who may write rows of which host, and a timeline that shows what was done to it.

create table incident.agent_host (
    login text not null,
    host_name text not null,
    allowed_by text not null default session_user,
    allowed_at timestamptz not null default now(),
    constraint agent_host_pkey primary key (login, host_name),
    constraint login_is_not_empty check (login <> ''),
    constraint host_name_is_not_empty check (host_name <> '')
);
comment on table incident.agent_host is
'Which login may insert metric rows of which host; the functions allow_agent and forbid_agent write it, row security of the '
'metric tables asks it. A login sees its own rows alone; the view agents shows all.';
comment on column incident.agent_host.login is 'Name of the database login, as in session_user.';
comment on column incident.agent_host.host_name is 'Host whose rows it may insert.';
comment on column incident.agent_host.allowed_by is 'The login that allowed it (session_user).';
comment on column incident.agent_host.allowed_at is 'When.';

-- Policies say which rows, grants say who. The owner, and with it everything that runs as the owner, is exempt.
alter table incident.agent_host enable row level security;
create policy a_login_sees_its_own_hosts on incident.agent_host
for select using (login = session_user::text);

alter table public.system_metrics enable row level security;
create policy readers_see_every_row on public.system_metrics for select using (true);
create policy agents_insert_rows_of_their_hosts on public.system_metrics
for insert with check (
    host_name in (
        select a.host_name
        from incident.agent_host as a
        where a.login = session_user::text
    )
);

alter table public.system_device_metrics enable row level security;
create policy readers_see_every_row on public.system_device_metrics for select using (true);
create policy agents_insert_rows_of_their_hosts on public.system_device_metrics
for insert with check (
    host_name in (
        select a.host_name
        from incident.agent_host as a
        where a.login = session_user::text
    )
);

-- Longer names do not fit into the indexes: of the samples, or only of devices and incidents, and then the engine would
-- fail on samples that are stored. Samples that are there already are not read again.
alter table public.system_device_metrics
add constraint names_have_at_most_500_bytes check (
    octet_length(host_name) <= 500
    and octet_length(device_name) <= 500
    and octet_length(capture_folder) <= 500
    and octet_length(device_id) <= 500
) not valid;
alter table public.system_metrics
add constraint names_have_at_most_500_bytes check (octet_length(host_name) <= 500) not valid;

-- A partition is reached through its table. Row security without a policy keeps everybody but the owner from it, even
-- where default privileges have granted rights on it.
do $$
declare
    partition regclass;
begin
    for partition in
        select p.inhrelid::regclass
        from pg_catalog.pg_inherits as p
        where p.inhparent = 'public.system_device_metrics'::regclass
    loop
        execute format('alter table %s enable row level security', partition);
    end loop;
end
$$;

-- Each entry carries a hash over the previous one's hash and its own columns. This is what the function timeline_hash computes.
alter table incident.timeline
add column previous_hash bytea,
add column hash bytea;

alter table incident.timeline disable trigger user;
do $$
declare
    entry record;
    incident_before bigint;
    hash_before bytea;
begin
    for entry in select t.* from incident.timeline as t order by t.host_name, t.incident_id, t.entry_id loop
        if entry.incident_id is distinct from incident_before then
            hash_before := null;
        end if;
        update incident.timeline as t
        set
            previous_hash = hash_before,
            hash = sha256(coalesce(hash_before, '') || convert_to(
                jsonb_build_array(
                    t.host_name,
                    t.incident_id,
                    t.entry_id,
                    to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    to_char(t.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    t.event,
                    t.from_value,
                    t.to_value,
                    t.note,
                    t.operator,
                    t.recorded_by
                )::text,
                'UTF8'
            ))
        where t.host_name = entry.host_name and t.incident_id = entry.incident_id and t.entry_id = entry.entry_id
        returning t.hash into hash_before;
        incident_before := entry.incident_id;
    end loop;
end
$$;
alter table incident.timeline enable trigger user;

alter table incident.timeline
alter column hash set not null,
add constraint hash_is_a_sha256 check (octet_length(hash) = 32),
-- Two writers that both saw the same last entry: the second fails instead of forking the chain.
add constraint timeline_is_one_chain unique nulls not distinct (host_name, incident_id, previous_hash);

comment on column incident.timeline.previous_hash is 'hash of the incident''s previous entry; null for its first.';
comment on column incident.timeline.hash is
'SHA-256 over previous_hash and all other columns; the function verify_timeline works it out again.';

-- Who did it, beside whom they said to be. Null: from before this was recorded.
alter table incident.maintenance
add column recorded_by text,
add column end_recorded_by text;
comment on column incident.maintenance.added_by is 'Who added it, as stated to the function.';
comment on column incident.maintenance.recorded_by is 'The database login that added it (session_user).';
comment on column incident.maintenance.ended_by is 'Who ended it early, as stated to the function.';
comment on column incident.maintenance.end_recorded_by is 'The database login that ended it early (session_user).';

alter table incident.sealed_report add column recorded_by text;
alter table incident.sealed_report alter column recorded_by set default session_user;
comment on column incident.sealed_report.recorded_by is 'The database login that sealed it (session_user).';
