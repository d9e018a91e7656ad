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
