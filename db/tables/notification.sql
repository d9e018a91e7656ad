create table incident.notification (
    host_name text not null,
    incident_id bigint not null,
    number integer not null,
    kind text not null,
    step integer,
    contact text,
    due_at timestamptz not null,
    state text not null,
    state_at timestamptz not null default now(),
    reason text,
    message_id bigint,
    leased_until timestamptz,
    waits_for_silence_to_end boolean not null default false,
    created_at timestamptz not null default now(),
    in_timeline boolean not null default false,
    constraint notification_pkey primary key (host_name, incident_id, number),
    constraint kind_is_known check (
        kind in ('opened', 'unacknowledged', 'severity_raised', 'reopened', 'acknowledged', 'resolved', 'retracted')
    ),
    constraint state_is_known check (state in ('pending', 'sent', 'failed', 'superseded', 'suppressed')),
    constraint what_is_not_told_has_a_reason check (state in ('pending', 'sent') or reason is not null),
    constraint what_is_told_has_a_contact check (contact is not null or state = 'suppressed'),
    constraint what_is_sent_went_in_a_message check (state not in ('sent', 'failed') or message_id is not null),
    constraint pending_alone_is_leased check (leased_until is null or state = 'pending'),
    constraint what_is_leased_goes_in_a_message check (leased_until is null or message_id is not null),
    constraint silence_holds_back check (not waits_for_silence_to_end or state in ('superseded', 'suppressed'))
);

create index notification_pending_idx on incident.notification (contact, due_at) where state = 'pending';
create index notification_silenced_idx on incident.notification (host_name, incident_id) where waits_for_silence_to_end;
create index notification_message_idx on incident.notification (message_id) where message_id is not null;
create index notification_unrecorded_idx on incident.notification (host_name, incident_id)
where state in ('sent', 'failed') and not in_timeline;
