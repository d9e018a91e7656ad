create table incident.retention (
    only_row boolean not null default true,
    keep_samples interval,
    accept_late interval default interval '400 days',
    constraint retention_pkey primary key (only_row),
    constraint there_is_one_row check (only_row),
    constraint accept_late_is_a_day_or_longer check (accept_late >= interval '1 day'),
    constraint keep_samples_is_two_days_or_longer check (keep_samples >= interval '2 days')
);

insert into incident.retention default values;
