create table incident.route (
    route_id bigint generated always as identity,
    escalation text,
    host_pattern text,
    host_like text generated always as (
        replace(replace(replace(replace(host_pattern, '\', '\\'), '%', '\%'), '_', '\_'), '*', '%')
    ) stored,
    device_name text,
    component text,
    at_least text,
    local_from time,
    local_to time,
    time_zone text,
    note text,
    added_by text not null default session_user,
    added_at timestamptz not null default now(),
    constraint route_pkey primary key (route_id),
    constraint component_is_known check (component in ('ffmpeg', 'monitor', 'system')),
    constraint at_least_is_known check (at_least in ('critical', 'high', 'medium', 'low')),
    constraint hours_have_both_ends_and_a_zone check (num_nulls(local_from, local_to, time_zone) in (0, 3))
);

insert into incident.route (escalation, note) values ('default', 'everything, out of the box');
