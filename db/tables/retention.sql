create table incident.retention (
    only_row boolean not null default true,
    keep_samples interval,
    constraint retention_pkey primary key (only_row),
    constraint there_is_one_row check (only_row),
    constraint keep_samples_is_two_days_or_longer check (keep_samples >= interval '2 days')
);

insert into incident.retention default values;
