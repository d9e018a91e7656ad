-- Sites that publish: at a site its own row, at a central database one for each. Written by the site alone.
create table incident.site (
    site integer not null,
    name text not null,
    version text not null,
    swept_to timestamptz not null default '-infinity',
    errors_waiting bigint not null default 0,
    slot_bytes bigint,
    published_at timestamptz not null default now(),
    constraint site_pkey primary key (site),
    constraint site_name_key unique (name),
    constraint name_is_a_name check (name ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$')
);
