-- Rows that were implausibly old when they arrived.
create table incident_engine.old_sample (
    host_name text not null,
    notice_id bigint generated always as identity,
    noticed_at timestamptz not null default now(),
    samples bigint not null,
    oldest timestamptz not null,
    constraint old_sample_pkey primary key (host_name, notice_id)
);

create index old_sample_noticed_idx on incident_engine.old_sample (noticed_at);
