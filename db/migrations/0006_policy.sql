-- When is it an incident? What an operator may set about it, and what an incident remembers of it.

alter table incident.policy
add column open_after interval,
add column resolve_after interval,
add column reopen_within interval,
add column flapping_start_percent numeric,
add column flapping_stop_percent numeric,
add column new_device_grace interval,
add column cpu_percent_limit numeric,
add column cpu_samples integer,
add column memory_percent_limit numeric,
add column memory_samples integer,
add column disk_percent_limit numeric,
add column disk_samples integer,
add column temperature_celsius_limit numeric,
add column temperature_samples integer,
add column close_after interval,
drop constraint default_policy_is_complete;

update incident.policy
set
    open_after = interval '0',
    resolve_after = interval '0',
    reopen_within = interval '0',
    flapping_start_percent = 30,
    flapping_stop_percent = 25,
    new_device_grace = interval '10 minutes',
    cpu_percent_limit = 95,
    cpu_samples = 10,
    memory_percent_limit = 95,
    memory_samples = 5,
    disk_percent_limit = 90,
    disk_samples = 3,
    temperature_celsius_limit = 85,
    temperature_samples = 5
where host_name is null and component is null;

alter table incident.policy
add constraint open_after_is_not_negative check (open_after >= interval '0'),
add constraint resolve_after_is_not_negative check (resolve_after >= interval '0'),
add constraint reopen_within_is_not_negative check (reopen_within >= interval '0'),
add constraint new_device_grace_is_not_negative check (new_device_grace >= interval '0'),
add constraint close_after_is_positive check (close_after > interval '0'),
add constraint flapping_start_percent_is_positive check (
    flapping_start_percent > 0 and flapping_start_percent <> 'NaN'
),
add constraint flapping_stops_at_or_below_its_start check (
    flapping_stop_percent >= 0 and flapping_stop_percent <= flapping_start_percent
),
add constraint flapping_start_and_stop_go_together check (
    (flapping_start_percent is null) = (flapping_stop_percent is null)
),
add constraint cpu_percent_limit_is_positive check (cpu_percent_limit > 0 and cpu_percent_limit <> 'NaN'),
add constraint memory_percent_limit_is_positive check (memory_percent_limit > 0 and memory_percent_limit <> 'NaN'),
add constraint disk_percent_limit_is_positive check (disk_percent_limit > 0 and disk_percent_limit <> 'NaN'),
add constraint temperature_celsius_limit_is_positive check (
    temperature_celsius_limit > 0 and temperature_celsius_limit <> 'NaN'
),
add constraint samples_in_a_row_are_counted_from_one check (
    cpu_samples >= 1 and memory_samples >= 1 and disk_samples >= 1 and temperature_samples >= 1
),
add constraint default_policy_is_complete check (
    host_name is not null
    or component is not null
    or (
        sample_interval is not null
        and no_data_after is not null
        and sla_target is not null
        and open_after is not null
        and resolve_after is not null
        and reopen_within is not null
        and flapping_start_percent is not null
        and new_device_grace is not null
        and cpu_percent_limit is not null
        and cpu_samples is not null
        and memory_percent_limit is not null
        and memory_samples is not null
        and disk_percent_limit is not null
        and disk_samples is not null
        and temperature_celsius_limit is not null
        and temperature_samples is not null
    )
);

comment on column incident.policy.open_after is
'A failure becomes an incident when a sample still fails this long after its first one, with none healthy in between; the '
'incident then starts at the first. 0: at once.';
comment on column incident.policy.resolve_after is
'An incident is resolved when a sample is still healthy this long after the first healthy one, with none failing in between; it '
'then ended at the first. 0: at once.';
comment on column incident.policy.reopen_within is
'A failure that starts less than this after the engine resolved an incident reopens that incident. 0: never.';
comment on column incident.policy.flapping_start_percent is
'Flapping starts when the changes between healthy and failing in the last 20 intervals reach this percentage, newer ones '
'weighted more. infinity: never.';
comment on column incident.policy.flapping_stop_percent is 'Flapping stops when the percentage has fallen to this.';
comment on column incident.policy.new_device_grace is
'A device that falls silent this soon after its first sample opens no incident: it is being set up.';
comment on column incident.policy.cpu_percent_limit is 'CPU load of a host, in percent, that is too high. infinity: none is.';
comment on column incident.policy.cpu_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.memory_percent_limit is
'Memory in use on a host, in percent, that is too much. infinity: none is.';
comment on column incident.policy.memory_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.disk_percent_limit is
'Disk space in use on a host, in percent, that is too much. infinity: none is.';
comment on column incident.policy.disk_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.temperature_celsius_limit is
'Temperature of a host''s CPU, in degrees Celsius, that is too high. infinity: none is.';
comment on column incident.policy.temperature_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.close_after is
'Resolved incidents are closed this long after they were resolved. Null in the default row: never.';

-- What an incident remembers of how it came about.

alter table public.system_incident
add column anchored_at timestamptz,
add column engine_reopen_count integer not null default 0,
add column reopened_at timestamptz,
add column flapping_since timestamptz;

alter table public.system_incident disable trigger user;
update public.system_incident set anchored_at = detected_at;
alter table public.system_incident enable trigger user;

alter table public.system_incident
alter column anchored_at set not null,
add constraint reopen_count_includes_the_engine_s check (reopen_count >= engine_reopen_count);

create index system_incident_retracted_idx
on public.system_incident (host_name, device_name, capture_folder, component, anchored_at)
where retracted_at is not null and acted_at is not null;

comment on column public.system_incident.anchored_at is
'The failing moment that this incident tells of, whatever late samples do to the failure around it: its start as it was when a '
'person first acted on it, and detected_at until then.';
comment on column public.system_incident.engine_reopen_count is
'How often it failed again within reopen_within of being resolved by the engine; part of reopen_count.';
comment on column public.system_incident.reopened_at is
'Start of the failure that last made the engine reopen it; null when none did.';
comment on column public.system_incident.flapping_since is
'Since when its component has been flapping; null when it is not. While it flaps it stays open.';

alter table incident.timeline
drop constraint event_is_known,
add constraint event_is_known check (
    event in (
        'detected', 'severity_changed', 'acknowledged', 'assigned', 'commented', 'resolved', 'closed', 'reopened',
        'corrected', 'retracted', 'flapping_started', 'flapping_stopped', 'reason_changed', 'linked', 'unlinked',
        'maintenance_started', 'maintenance_ended', 'restored'
    )
);

alter table incident_engine.operator_action
drop constraint action_is_known,
add constraint action_is_known check (action in ('cut', 'hold', 'seal'));
comment on table incident_engine.operator_action is
'cut: resolved by hand at that moment; the next failing sample starts a new incident. hold: reopened at that moment; if it '
'was healthy then, that healthy run does not resolve it. seal: closed at that moment; a later failure opens a new incident.';

-- Parts of a component's life in which it changed too often.
create table incident.flapping (
    host_name text not null,
    device_name text not null,
    capture_folder text not null,
    component text not null,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    constraint flapping_pkey primary key (host_name, device_name, capture_folder, component, started_at),
    constraint flapping_device_fkey foreign key (host_name, device_name, capture_folder) references incident.device,
    constraint component_is_known check (component in ('ffmpeg', 'monitor')),
    constraint flapping_ends_after_it_starts check (started_at < ended_at)
);
comment on table incident.flapping is
'When components changed between healthy and failing so often that single changes say nothing: one row per episode.';
comment on column incident.flapping.started_at is 'The sample whose change reached flapping_start_percent.';
comment on column incident.flapping.ended_at is
'The sample at which the changes had fallen to flapping_stop_percent; infinity while it lasts.';

-- Replaced by functions with other parameters.
drop function if exists incident_engine.failing_sample_after(text, text, text, text, timestamptz, timestamptz);
drop function if exists incident_engine.fold_incidents(incident_engine.touch[]);
drop function if exists incident_engine.incident_windows(incident_engine.touch[]);
drop function if exists incident_engine.stretches(incident_engine.incident_window[]);
drop function if exists incident_engine.update_attention(incident_engine.touch[], timestamptz);
drop view if exists incident_engine.recovery;

alter type incident_engine.stretch
add attribute reopen_count integer,
add attribute reopened_at timestamptz,
add attribute flapping_since timestamptz;
