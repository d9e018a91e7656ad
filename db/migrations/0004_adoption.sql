-- Taking over an existing monitoring database: how far it is, and what could not be taken over.

create table incident.adoption (
    source text not null,
    next_block bigint not null default 0,
    blocks bigint not null,
    rows_read bigint not null default 0,
    rows_adopted bigint not null default 0,
    rows_quarantined bigint not null default 0,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint adoption_pkey primary key (source),
    constraint source_is_known check (source in ('system_metrics', 'system_device_metrics', 'system_incident')),
    constraint every_row_is_adopted_or_quarantined check (rows_read = rows_adopted + rows_quarantined)
);
comment on table incident.adoption is
'Progress of moving the rows of plain tables that were there before pg_incident; one row per table in schema '
'incident_adopted.';
comment on column incident.adoption.source is 'Name of the table, in schema incident_adopted.';
comment on column incident.adoption.next_block is 'Disk pages of it that are done.';
comment on column incident.adoption.blocks is 'Disk pages it has.';
comment on column incident.adoption.started_at is 'When its first step began.';
comment on column incident.adoption.finished_at is 'When its last row was read.';

create table incident.quarantine (
    source text not null,
    quarantine_id bigint generated always as identity,
    reason text not null,
    original jsonb not null,
    quarantined_at timestamptz not null default now(),
    constraint quarantine_pkey primary key (source, quarantine_id)
);
comment on table incident.quarantine is 'Rows of an adopted table that could not be taken over, and why.';
comment on column incident.quarantine.reason is 'The rule that the row breaks.';
comment on column incident.quarantine.original is 'The row as it was.';
comment on column incident.quarantine.quarantined_at is 'When it was found.';

-- What a step of taking over has done.
create type incident_engine.adoption_counts as (
    rows_read bigint,
    rows_adopted bigint,
    rows_quarantined bigint
);
