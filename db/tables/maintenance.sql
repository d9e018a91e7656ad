create table incident.maintenance (
    host_name text not null,
    maintenance_id bigint generated always as identity,
    device_name text,
    capture_folder text,
    period tstzrange not null,
    reason text not null,
    added_by text not null,
    added_at timestamptz not null default now(),
    ended_at timestamptz,
    ended_by text,
    changed_at timestamptz not null default now(),
    effective_period tstzrange not null
    generated always as (tstzrange(lower(period), least(upper(period), ended_at))) stored,
    series_id bigint,
    recorded_by text,
    end_recorded_by text,
    extended_by text,
    constraint maintenance_pkey primary key (host_name, maintenance_id),
    constraint maintenance_series_fkey
    foreign key (host_name, series_id) references incident.recurring_maintenance (host_name, series_id) deferrable,
    constraint host_name_is_not_empty check (host_name <> ''),
    constraint device_name_and_capture_folder_go_together check ((device_name is null) = (capture_folder is null)),
    constraint period_has_a_start_and_an_end check (
        not isempty(period) and isfinite(lower(period)) and isfinite(upper(period))
    ),
    constraint period_includes_its_start_alone check (lower_inc(period) and not upper_inc(period)),
    constraint reason_is_not_empty check (reason <> ''),
    constraint ended_at_is_not_before_the_start check (ended_at >= lower(period)),
    constraint ended_at_and_by_go_together check ((ended_at is null) = (ended_by is null))
);

create index maintenance_effective_period_idx on incident.maintenance using gist (effective_period);
create unique index maintenance_series_occurrence_key on incident.maintenance (host_name, series_id, lower(period))
where series_id is not null;
