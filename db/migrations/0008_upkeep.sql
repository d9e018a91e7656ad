-- Upkeep: who changed which policy, maintenance that comes back every week, how long samples are kept, who drives the sweep.

create table incident.policy_change (
    change_id bigint generated always as identity,
    changed_at timestamptz not null default now(),
    operator text not null,
    recorded_by text not null default session_user,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    setting text not null,
    old_value text,
    new_value text,
    note text,
    constraint policy_change_pkey primary key (change_id)
);
comment on table incident.policy_change is
'Every change of incident.policy and incident.retention, one row per setting, whoever made it and however. Written by triggers.';
comment on column incident.policy_change.changed_at is 'When the transaction that changed it began.';
comment on column incident.policy_change.operator is 'Who, as stated to the function; the login otherwise.';
comment on column incident.policy_change.recorded_by is 'The database login (session_user).';
comment on column incident.policy_change.host_name is 'Scope of the row, as in incident.policy. Null: any.';
comment on column incident.policy_change.setting is 'Name of the column.';
comment on column incident.policy_change.old_value is 'Null: the scope had no value of its own.';
comment on column incident.policy_change.new_value is 'Null: the scope has no value of its own any more.';
comment on column incident.policy_change.note is 'Why, as stated to the function.';

-- Maintenance that comes back every week

create table incident.recurring_maintenance (
    host_name text not null,
    series_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    weekdays text[] not null,
    starts_at_local time not null,
    duration interval not null,
    time_zone text not null,
    valid_from date not null,
    valid_until date,
    reason text not null,
    added_by text not null,
    added_at timestamptz not null default now(),
    ended_at timestamptz,
    ended_by text,
    planned_to date not null,
    constraint recurring_maintenance_pkey primary key (host_name, series_id),
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint device_name_and_capture_folder_go_together check ((device_name is null) = (capture_folder is null)),
    constraint weekdays_are_days_of_the_week check (
        weekdays <> '{}'
        and weekdays <@ array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    ),
    constraint duration_is_positive check (duration > interval '0'),
    constraint valid_until_is_not_before_valid_from check (valid_until >= valid_from),
    constraint reason_is_not_empty check (reason <> ''),
    constraint ended_at_and_by_go_together check ((ended_at is null) = (ended_by is null))
);
comment on table incident.recurring_maintenance is
'Planned work that comes back on days of the week. Its occurrences stand in incident.maintenance, two weeks ahead; the sweep adds '
'the next ones.';
comment on column incident.recurring_maintenance.device_name is 'Null: the whole host.';
comment on column incident.recurring_maintenance.capture_folder is 'Null: the whole host.';
comment on column incident.recurring_maintenance.weekdays is 'On which days it starts, by the local calendar: monday ... sunday.';
comment on column incident.recurring_maintenance.starts_at_local is 'When it starts, by the local clock.';
comment on column incident.recurring_maintenance.duration is
'Hours and minutes are time that passes; a day lasts until the same local time of the next day, be it 23 or 25 hours.';
comment on column incident.recurring_maintenance.time_zone is 'Whose clock and calendar.';
comment on column incident.recurring_maintenance.valid_from is 'First local date on which it may start; may lie in the past.';
comment on column incident.recurring_maintenance.valid_until is 'Last local date on which it may start; null: for ever.';
comment on column incident.recurring_maintenance.added_at is 'When the database learned of it.';
comment on column incident.recurring_maintenance.ended_at is 'Nothing starts from then on: the series was ended.';
comment on column incident.recurring_maintenance.planned_to is
'Occurrences before this local date stand in incident.maintenance.';

alter table incident.maintenance
add column series_id bigint,
add constraint maintenance_series_fkey
foreign key (host_name, series_id) references incident.recurring_maintenance (host_name, series_id);
create unique index maintenance_series_occurrence_key on incident.maintenance (host_name, series_id, lower(period))
where series_id is not null;
comment on column incident.maintenance.series_id is
'The recurring maintenance that it is an occurrence of; null when it was added alone.';

-- How long raw samples are kept

create table incident.retention (
    only_row boolean not null default true,
    keep_samples interval,
    constraint retention_pkey primary key (only_row),
    constraint there_is_one_row check (only_row),
    constraint keep_samples_is_two_days_or_longer check (keep_samples >= interval '2 days')
);
insert into incident.retention default values;
comment on table incident.retention is 'How long raw samples are kept. History and incidents stay for ever. One row.';
comment on column incident.retention.keep_samples is
'Whole days (UTC) of samples older than this are removed by the sweep. Null, the default: never.';

-- A day's rows of system_metrics for retention, and how late rows arrive: block ranges, since rows come almost in order.
create index system_metrics_times_idx on public.system_metrics using brin (timestamp, created_at);

alter table incident_engine.sweep_state
add column samples_from timestamptz not null default '-infinity',
add column is_scheduled boolean not null default false;
comment on column incident_engine.sweep_state.samples_from is
'Retention has removed samples before this, or is about to: what they said stands in the history, and rows older than this that '
'still arrive are stored but not folded.';
comment on column incident_engine.sweep_state.is_scheduled is
'A scheduler runs the sweep: the arrival of host metrics runs it only when it has not run for three minutes.';

-- Replaced by a function that returns more.
drop function if exists incident.sweep(timestamptz);
