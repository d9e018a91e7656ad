create table incident.contact (
    contact text not null,
    description text,
    messages_per_hour integer not null default 60,
    group_interval interval not null default '10 seconds',
    changed_by text not null default session_user,
    changed_at timestamptz not null default now(),
    constraint contact_pkey primary key (contact),
    constraint contact_is_a_name check (contact ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$'),
    constraint messages_per_hour_is_positive check (messages_per_hour > 0),
    constraint group_interval_is_not_negative check (group_interval between '0' and '1 hour')
);

insert into incident.contact (contact, description) values ('default', 'everything, out of the box');
