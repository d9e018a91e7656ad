create table incident.message (
    message_id bigint generated always as identity,
    contact text not null,
    recipient text not null,
    made_at timestamptz not null default now(),
    state text not null default 'pending',
    state_at timestamptz not null default now(),
    reason text,
    held_back integer not null default 0,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    leased_by text,
    leased_until timestamptz,
    constraint message_pkey primary key (message_id),
    constraint state_is_known check (state in ('pending', 'sent', 'failed', 'superseded')),
    constraint what_did_not_go_out_has_a_reason check (state in ('pending', 'sent') or reason is not null),
    constraint leased_by_and_until_go_together check ((leased_by is null) = (leased_until is null)),
    constraint pending_alone_is_leased check (leased_until is null or state = 'pending')
);

create index message_pending_idx on incident.message (next_attempt_at) where state = 'pending';
create index message_contact_idx on incident.message (contact, made_at);
