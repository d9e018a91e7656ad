create table incident.rotation_override (
    override_id bigint generated always as identity,
    rotation text not null,
    contact text not null,
    period tstzrange not null,
    note text,
    added_by text not null default session_user,
    added_at timestamptz not null default now(),
    constraint rotation_override_pkey primary key (override_id),
    constraint rotation_override_rotation_fkey foreign key (rotation) references incident.rotation,
    constraint rotation_override_contact_fkey foreign key (contact) references incident.contact,
    constraint period_has_a_start_and_an_end check (
        not isempty(period) and isfinite(lower(period)) and isfinite(upper(period))
    )
);
