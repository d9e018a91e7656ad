select plan(4);

-- One text for each thing that people want: a call may go on in the next rows.
create temporary table call as
with numbered as (
    select h.*, row_number() over () as place
    from incident.help as h
),

started as (
    select n.*, count(*) filter (where n.you_want <> '') over (order by n.place) as number
    from numbered as n
)

select s.number, min(s.topic) as topic, max(s.you_want) as you_want, string_agg(s.call, e'\n' order by s.place) as call
from started as s
group by s.number;

create function pg_temp.refused(call text) returns text
language plpgsql
as $$
begin
    execute 'explain ' || call;
    return null;
exception
    when others then
        return format('%s: %s', call, sqlerrm);
end
$$;
select
    is(
        (select string_agg(pg_temp.refused(c.call), e'\n') from call as c),
        null,
        'every call is one that the database takes'
    );

select is(
    (
        select
            max(length(h.topic))
            + max(length(h.you_want))
            + max(length(h.call))
            + length(' ')
            + 2 * length(' | ')
            + length(' ')
        from incident.help as h
    ) <= 100,
    true,
    'in psql it is at most 100 columns wide'
);

select is(
    (
        select
            count(
                *) from (
            select h.topic from incident.help as h
            group by h.topic
            having count(*) > 10
        ) as long
    ),
    0::bigint,
    'no topic is longer than what can be read at a glance'
);

-- What is missing here, people do not find.
select is(
    (
        select string_agg(f.proname, ', ' order by f.proname)
        from (
            select distinct p.proname
            from pg_proc as p
            where
                p.pronamespace = 'incident'::regnamespace
                and has_function_privilege('incident_operator', p.oid, 'execute')
                and not has_function_privilege('incident_viewer', p.oid, 'execute')
        ) as f
        where
            not exists (
                select from call as c
                where c.call like '%incident.' || f.proname || '(%'
            )
            and f.proname not in ('at_site', 'end_recurring_maintenance', 'reinstate_device', 'override_on_call')
    ),
    null,
    'every verb of an operator is there, but for those that another names'
);

select * from finish();
