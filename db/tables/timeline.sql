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
    previous_hash bytea,
    hash bytea not null,
    constraint timeline_pkey primary key (host_name, incident_id, entry_id),
    constraint timeline_incident_fkey
    foreign key (host_name, incident_id) references public.system_incident (host_name, incident_id) deferrable,
    constraint event_is_known check (
        event in (
            'detected', 'severity_changed', 'acknowledged', 'assigned', 'commented', 'resolved', 'closed', 'reopened',
            'corrected', 'retracted', 'flapping_started', 'flapping_stopped', 'reason_changed', 'linked', 'unlinked',
            'maintenance_started', 'maintenance_ended', 'restored', 'told', 'telling_failed', 'snoozed',
            'unacknowledged', 'amended', 'dismissed', 'undismissed', 'moved'
        )
    ),
    constraint hash_is_a_sha256 check (octet_length(hash) = 32),
    -- Two writers that both saw the same last entry: the second fails instead of forking the chain.
    constraint timeline_is_one_chain unique nulls not distinct (host_name, incident_id, previous_hash)
);
