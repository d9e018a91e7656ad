create or replace function incident_engine.telling_problem()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    with due as (
        select count(*) as number, min(t.due_at) as since
        from incident.notification as t
        where t.state = 'pending' and t.due_at < now() - interval '2 minutes'
    ),

    alive as (
        select exists(
            select from incident.notifier as n
            where n.seen_at > now() - interval '2 minutes'
        ) as one
    )

    select
        case
            when d.number > 0 and not a.one
                then format('%s notifications are due and no notifier has been seen for 2 minutes', d.number)
            when a.one and u.names <> '{}' then format('no notifier can reach %s', array_to_string(u.names, ', '))
            when d.number > 0 then format(
                    '%s notifications have been waiting since %s UTC: %s', d.number,
                    to_char(d.since at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                    coalesce((
                        select m.contact || ': ' || m.reason from incident.message as m
                        where m.state = 'pending' and m.reason is not null
                        order by m.made_at
                        limit 1
                    ), 'for the limits of their contacts')
                )
        end
    from due as d
    cross join alive as a
    cross join (select incident_engine.unreachable_contacts() as names) as u;
end;

comment on function incident_engine.telling_problem() is
'What keeps people from being told, in words; null when nothing does.';

revoke all on function incident_engine.telling_problem() from public;
grant execute on function incident_engine.telling_problem() to incident_viewer;
