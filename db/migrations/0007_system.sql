-- Hosts: when they were heard, what was wrong with them, and what follows for their devices.

create table incident.host (
    host_name text not null,
    first_seen_at timestamptz not null,
    registered_at timestamptz not null default now(),
    status text not null default 'reporting',
    reason text,
    state_started_at timestamptz not null,
    is_silent boolean not null default false,
    over_limits text[] not null default '{}',
    constraint host_pkey primary key (host_name),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint status_is_known check (status in ('reporting', 'silent', 'over_limit', 'excused', 'new', 'retired')),
    constraint over_limits_are_known check (over_limits <@ array['cpu', 'memory', 'disk', 'temperature'])
);
comment on table incident.host is
'Every host heard of, by a device''s sample or by a row of its own in system_metrics, with its present condition.';
comment on column incident.host.first_seen_at is 'Its first signal: the first sample of one of its devices, or its first row.';
comment on column incident.host.registered_at is 'When the database learned of the host.';
comment on column incident.host.status is
'reporting; silent; over_limit (load, disk or temperature); excused (silent, but the database was down too); new (fell silent '
'while it was being set up); retired.';
comment on column incident.host.reason is 'What is wrong now, in words; null when nothing is.';
comment on column incident.host.state_started_at is 'Since when that has been so.';
comment on column incident.host.is_silent is 'Whether nothing has been heard of it for no_data_after, for whatever reason.';
comment on column incident.host.over_limits is 'What is at or above its limit: cpu, memory, disk, temperature.';

insert into incident.host (host_name, first_seen_at, state_started_at)
select s.host_name, min(s.first_seen_at), min(s.first_seen_at)
from (
    select d.host_name, d.first_sample_at as first_seen_at from incident.device as d
    union all
    select m.host_name, m.timestamp from public.system_metrics as m
    where m.timestamp between '2000-01-01 00:00:00+00' and now() + interval '5 minutes'
) as s
group by s.host_name;

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
    constraint host_condition_host_fkey foreign key (host_name) references incident.host,
    constraint cause_is_known check (cause in ('silent', 'cpu', 'memory', 'disk', 'temperature')),
    constraint condition_ends_after_it_starts check (started_at < ended_at),
    constraint silence_has_a_last_signal check (
        (cause = 'silent') = (last_signal_at is not null) and (cause = 'silent') = (reached_at is not null)
    ),
    constraint load_has_a_value_and_a_limit check (
        (cause <> 'silent') = (value is not null) and (cause <> 'silent') = (limit_value is not null)
    )
);
comment on table incident.host_condition is
'What was wrong with each host and when, one row per cause and time: silent (neither a sample of its devices nor a row of its own '
'for no_data_after), or cpu, memory, disk, temperature (so many rows in a row at or above the limit).';
comment on column incident.host_condition.started_at is 'The first missed signal; the first row at or above the limit.';
comment on column incident.host_condition.ended_at is
'The next signal; the first row below the limit; infinity while it lasts.';
comment on column incident.host_condition.value is 'What that first row said, in percent or degrees Celsius.';
comment on column incident.host_condition.limit_value is 'The limit that it reached.';
comment on column incident.host_condition.last_signal_at is 'The last signal before the silence.';
comment on column incident.host_condition.reached_at is 'When the silence had lasted no_data_after.';

create table incident.system_state (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    status text not null,
    reason text,
    severity text,
    constraint system_state_pkey primary key (host_name, device_name, capture_folder, started_at),
    constraint system_state_host_fkey foreign key (host_name) references incident.host,
    constraint status_is_known check (status in ('reporting', 'silent', 'over_limit', 'excused', 'new', 'retired')),
    constraint state_ends_after_it_starts check (started_at < ended_at),
    constraint failing_has_a_reason_and_a_severity check (
        (status in ('silent', 'over_limit')) = (reason is not null) and (reason is null) = (severity is null)
    ),
    constraint severity_is_known check (severity in ('critical', 'high', 'medium'))
);
create unique index system_state_one_current on incident.system_state (host_name, device_name, capture_folder)
where ended_at = 'infinity';
create index system_state_excused_idx on incident.system_state (ended_at) where status = 'excused';
comment on table incident.system_state is
'History of the component system: of each host (device_name = host_name, capture_folder ''host'') and of each device, one row per '
'change, from the first time that it did not report as it should.';
comment on column incident.system_state.started_at is 'First moment of the state.';
comment on column incident.system_state.ended_at is 'First moment of the next state; infinity while current.';
comment on column incident.system_state.status is
'reporting; silent; over_limit (hosts); excused (silent like its host, or like every host while the database was down, or not yet '
'told apart); new (fell silent while it was being set up); retired.';
comment on column incident.system_state.reason is 'What was wrong, in words; null when nothing was.';
comment on column incident.system_state.severity is 'Silent host: critical; silent device: high; over a limit: medium.';

create table incident.outage (
    started_at timestamptz not null,
    ended_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint outage_pkey primary key (ended_at),
    constraint outage_ends_after_it_starts check (started_at < ended_at)
);
comment on table incident.outage is
'When the database itself was down. Hosts that were not heard then are not to blame for it.';
comment on column incident.outage.started_at is 'The last moment at which it is known to have been up.';
comment on column incident.outage.ended_at is 'When the server was started again.';
comment on column incident.outage.recorded_at is 'When the sweep found out.';

create table incident.retirement (
    host_name text not null,
    retirement_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    retired_at timestamptz not null,
    reason text not null,
    retired_by text not null,
    recorded_at timestamptz not null default now(),
    revoked_at timestamptz,
    revoked_by text,
    constraint retirement_pkey primary key (host_name, retirement_id),
    constraint retirement_host_fkey foreign key (host_name) references incident.host,
    constraint device_name_and_capture_folder_go_together check ((device_name is null) = (capture_folder is null)),
    constraint retired_at_is_finite check (isfinite(retired_at)),
    constraint reason_is_not_empty check (reason <> ''),
    constraint revoked_at_and_by_go_together check ((revoked_at is null) = (revoked_by is null))
);
comment on table incident.retirement is
'Devices and hosts taken out of service: from then on their silence is no incident. A later sample brings them back.';
comment on column incident.retirement.device_name is 'Null: the host with all its devices.';
comment on column incident.retirement.capture_folder is 'Null: the host with all its devices.';
comment on column incident.retirement.retired_at is 'From when on it is out of service.';
comment on column incident.retirement.recorded_at is 'When the database learned of it.';
comment on column incident.retirement.revoked_at is 'When somebody took it back; null while it stands.';

alter table incident_engine.sweep_state add column alive_at timestamptz;
comment on column incident_engine.sweep_state.alive_at is
'By the clock, when the sweep last ran: a server started later than this was down in between.';

alter table public.system_incident
add column part_of bigint,
add constraint system_incident_part_of_fkey
foreign key (host_name, part_of) references public.system_incident (host_name, incident_id),
add constraint part_of_another_incident check (part_of <> incident_id);
create index system_incident_part_of_idx on public.system_incident (host_name, part_of) where part_of is not null;
comment on column public.system_incident.part_of is
'The incident of the silent host that this incident of one of its devices is part of; it is not announced while that lasts.';

-- A host's incident is worked like any other, and a host is no device.
alter table incident_engine.operator_action drop constraint operator_action_device_fkey;

-- Replaced by functions with other results.
drop function if exists incident_engine.fold_states(incident_engine.touch[], timestamptz);
