create table incident.escalation_step (
    escalation text not null,
    step integer not null,
    contact text not null,
    after interval not null default '0',
    repeat_every interval,
    repeat_times integer not null default 0,
    constraint escalation_step_pkey primary key (escalation, step),
    constraint escalation_step_contact_fkey foreign key (contact) references incident.contact,
    constraint escalation_is_a_name check (escalation ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$'),
    constraint step_is_positive check (step > 0),
    constraint after_is_not_negative check (after between '0' and '30 days'),
    constraint repetitions_have_a_distance check (
        repeat_times between 0 and 100
        and (repeat_times > 0) = (repeat_every is not null)
        and (repeat_every is null or repeat_every between '1 minute' and '7 days')
    )
);

insert into incident.escalation_step (escalation, step, contact) values ('default', 1, 'default');
