create table incident.rotation (
    rotation text not null,
    members text[] not null,
    handover_every text not null,
    starts_on date not null,
    handover_at time not null,
    time_zone text not null,
    changed_by text not null default session_user,
    changed_at timestamptz not null default now(),
    constraint rotation_pkey primary key (rotation),
    constraint rotation_contact_fkey foreign key (rotation) references incident.contact,
    constraint rotation_has_members check (cardinality(members) > 0 and array_position(members, null) is null),
    constraint handover_is_daily_or_weekly check (handover_every in ('day', 'week'))
);
