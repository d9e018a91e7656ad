-- One row: the number of the site that this database is.
create table incident_engine.own_site (
    only_row boolean not null default true,
    site integer not null default 0,
    constraint own_site_pkey primary key (only_row),
    constraint there_is_one_row check (only_row),
    constraint site_has_at_most_five_digits check (site between 0 and 99999)
);

insert into incident_engine.own_site default values;
