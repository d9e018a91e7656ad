-- One row: how far the sweep has looked.
create table incident_engine.sweep_state (
    only_row boolean not null default true,
    swept_to timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    alive_at timestamptz,
    samples_from timestamptz not null default '-infinity',
    is_scheduled boolean not null default false,
    ran_on text,
    constraint sweep_state_pkey primary key (only_row),
    constraint there_is_one_row check (only_row)
);

insert into incident_engine.sweep_state (swept_to) values ('-infinity');
