create table incident_engine.adoption (
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
