-- Planned work, and the way into the state history by time that reports take.

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
    constraint maintenance_pkey primary key (host_name, maintenance_id),
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

comment on table incident.maintenance is
'Planned work: its time is taken out of availability first. May be added afterwards.';
comment on column incident.maintenance.device_name is 'Null: the whole host.';
comment on column incident.maintenance.capture_folder is 'Null: the whole host.';
comment on column incident.maintenance.period is 'As planned: from its start up to, not including, its end.';
comment on column incident.maintenance.added_at is 'When the database learned of it.';
comment on column incident.maintenance.ended_at is 'Set when it ended early; the start of the period when it was called off.';
comment on column incident.maintenance.changed_at is 'When the database last learned something new about it.';
comment on column incident.maintenance.effective_period is 'What counts: the period, up to ended_at if that is earlier.';

-- A report asks for the states that last into its window.
create index device_state_ended_idx on incident.device_state (ended_at);
