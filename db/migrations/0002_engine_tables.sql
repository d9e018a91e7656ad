-- What the engine knows: policy, devices, their state history, the timeline of incidents, and its own working tables.

create schema incident_engine;
comment on schema incident_engine is
'pg_incident: what triggers run and where the engine keeps its own tables. Nobody but the owner uses it.';

-- Policy: what counts as silence and failure. Null scope columns mean any; the most specific row wins, value by value.
create table incident.policy (
    policy_id integer generated always as identity,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    sample_interval interval,
    no_data_after interval,
    sla_target numeric,
    constraint policy_pkey primary key (policy_id),
    constraint policy_scope_is_unique unique nulls not distinct (host_name, device_name, capture_folder, component),
    constraint device_scope_names_its_host check (device_name is null or host_name is not null),
    constraint device_scope_names_its_folder check ((device_name is null) = (capture_folder is null)),
    constraint component_is_known check (component in ('ffmpeg', 'monitor', 'system')),
    constraint sample_interval_is_positive check (sample_interval > interval '0'),
    constraint no_data_after_is_positive check (no_data_after > interval '0'),
    constraint no_data_after_is_not_less_than_the_sample_interval check (no_data_after >= sample_interval),
    constraint sla_target_is_a_percentage check (sla_target > 0 and sla_target <= 100),
    constraint default_policy_is_complete check (
        host_name is not null
        or component is not null
        or (sample_interval is not null and no_data_after is not null and sla_target is not null)
    )
);
insert into incident.policy (sample_interval, no_data_after, sla_target)
values (interval '60 seconds', interval '3 minutes', 99.0);

comment on table incident.policy is
'When is it an incident? Rows scoped by host, device and component; null scope means any, the most specific row that has a '
'value wins, value by value.';
comment on column incident.policy.sample_interval is 'How often a device is expected to send a sample.';
comment on column incident.policy.no_data_after is
'Silence this long is no_data, from the first missed sample on; shorter silence is bridged by the last status.';
comment on column incident.policy.sla_target is 'Availability promised, in percent.';

-- Devices, registered on first sight; written again only when their state changes.
create table incident.device (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    device_id text not null,
    video_device text,
    ffmpeg_status text not null,
    monitor_status text not null,
    state_started_at timestamptz not null,
    first_sample_at timestamptz not null,
    registered_at timestamptz not null default now(),
    attention_until timestamptz,
    constraint device_pkey primary key (host_name, device_name, capture_folder)
);
comment on table incident.device is 'Every device seen, with its current state.';
comment on column incident.device.ffmpeg_status is 'active, stuck, stopped, unknown or no_data.';
comment on column incident.device.monitor_status is 'active, stuck, stopped, unknown or no_data.';
comment on column incident.device.state_started_at is 'Since when both statuses have been what they are.';
comment on column incident.device.first_sample_at is 'Start of the device''s observed life.';
comment on column incident.device.registered_at is 'When the database learned of the device.';
comment on column incident.device.attention_until is
'Set when an operator resolved an incident by hand in the present state: samples up to then must be looked at even if they say '
'nothing new. infinity until the first sample after that, then the time of that sample.';

-- Run-length encoded state history.
create table incident.device_state (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    ffmpeg_status text not null,
    monitor_status text not null,
    constraint device_state_pkey primary key (host_name, device_name, capture_folder, started_at),
    constraint device_state_device_fkey foreign key (host_name, device_name, capture_folder) references incident.device,
    constraint state_ends_after_it_starts check (started_at < ended_at),
    constraint started_at_is_finite check (isfinite(started_at)),
    constraint statuses_are_known check (
        ffmpeg_status in ('active', 'stuck', 'stopped', 'unknown', 'no_data')
        and monitor_status in ('active', 'stuck', 'stopped', 'unknown', 'no_data')
    ),
    constraint no_data_means_both check ((ffmpeg_status = 'no_data') = (monitor_status = 'no_data'))
);
create unique index device_state_one_current on incident.device_state (host_name, device_name, capture_folder)
where ended_at = 'infinity';
comment on table incident.device_state is
'State history of each device: one row per change, without holes or overlaps from its first sample on.';
comment on column incident.device_state.started_at is 'First moment of the state.';
comment on column incident.device_state.ended_at is 'First moment of the next state; infinity while current.';

-- Timeline: what happened to an incident, append-only.
create table incident.timeline (
    host_name text not null,
    incident_id bigint not null,
    entry_id bigint generated always as identity,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    event text not null,
    from_value text,
    to_value text,
    note text,
    operator text not null,
    recorded_by text not null default session_user,
    constraint timeline_pkey primary key (host_name, incident_id, entry_id),
    constraint timeline_incident_fkey
    foreign key (host_name, incident_id) references public.system_incident (host_name, incident_id),
    constraint event_is_known check (
        event in (
            'detected', 'severity_changed', 'acknowledged', 'assigned', 'commented', 'resolved', 'closed', 'reopened',
            'corrected', 'retracted'
        )
    )
);
comment on table incident.timeline is 'What happened to each incident: one entry per transition, severity change, '
'assignment, comment or correction. Append-only.';
comment on column incident.timeline.happened_at is
'When it happened: by the samples for detection and recovery, by the clock for what people do.';
comment on column incident.timeline.recorded_at is 'When the database wrote it.';
comment on column incident.timeline.operator is 'Who did it as stated to the function; engine for the engine.';
comment on column incident.timeline.recorded_by is 'The database login that did it (session_user).';

-- What operators did to the course of an incident; with the samples it is all that decides the incidents.
create table incident_engine.operator_action (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    component text not null,
    action text not null,
    acted_at timestamptz not null,
    constraint operator_action_pkey
    primary key (host_name, device_name, capture_folder, component, action, acted_at),
    constraint operator_action_device_fkey
    foreign key (host_name, device_name, capture_folder) references incident.device,
    constraint action_is_known check (action in ('cut', 'hold'))
);
comment on table incident_engine.operator_action is
'cut: resolved by hand at that moment; the next failing sample starts a new incident. hold: reopened at that moment; if it '
'was healthy then, that healthy run does not resolve it.';

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
comment on table incident_engine.error is
'What went wrong inside the engine while its metric rows were kept, and the device spans to fold again (touched).';

create table incident_engine.future_sample (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    timestamp timestamptz not null,
    constraint future_sample_pkey primary key (host_name, device_name, capture_folder, timestamp)
);
create index future_sample_timestamp_idx on incident_engine.future_sample (timestamp);
comment on table incident_engine.future_sample is
'Samples dated more than five minutes ahead when they arrived: stored, and folded by the sweep when their time comes.';

-- One row: how far the sweep has looked.
create table incident_engine.sweep_state (
    only_row boolean not null default true,
    swept_to timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    constraint sweep_state_pkey primary key (only_row),
    constraint there_is_one_row check (only_row)
);
insert into incident_engine.sweep_state (swept_to) values ('-infinity');
comment on table incident_engine.sweep_state is 'How far the sweep has looked: silence is known up to swept_to.';

-- A span of a device's life whose samples must be folded (again).
create type incident_engine.touch as (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz
);
comment on type incident_engine.touch is 'A span of a device''s life, ends included, whose samples must be folded.';

-- Part of a component's life that the fold looks at as a whole: no incident crosses its ends.
create type incident_engine.incident_window as (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    from_time timestamptz,
    to_time timestamptz
);

-- An incident as the history tells it; ended_at is infinity while it lasts.
create type incident_engine.stretch as (
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    started_at timestamptz,
    ended_at timestamptz,
    severity text,
    first_severity text,
    severity_since timestamptz
);

-- Which incident is which stretch: a row per incident to keep, retract (stretch_no null) or open (incident_id null).
create type incident_engine.incident_match as (
    host_name text,
    incident_id bigint,
    stretch_no bigint,
    joined_into bigint
);

-- What GET STACKED DIAGNOSTICS tells of an error.
create type incident_engine.failure as (
    sqlstate text,
    message text,
    detail text,
    hint text,
    context text
);
