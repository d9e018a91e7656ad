-- Five samples in all 120 orders, each order on a device of its own, one statement for each row. Where somebody waits:
-- four in all 24 orders, then the fifth.
select plan(3);

create function test.send_in_every_order(sent text[], waiting text[], at_last text[]) returns void
language plpgsql
as $$
begin
    if waiting = '{}' then
        perform test.send(split_part(word, '@', 1), split_part(word, '@', 2), array_to_string(sent, ' '))
        from unnest(sent || at_last) as word;
        return;
    end if;
    for place in 1..cardinality(waiting) loop
        perform test.send_in_every_order(
            sent || waiting[place], waiting[:place - 1] || waiting[place + 1:], at_last
        );
    end loop;
end
$$;

with sent (samples, shuffled) as (
    values (
        array['active@10:00', 'stuck@10:01', 'stopped/stuck@10:02', 'active@10:06', 'stuck@10:08'],
        case when test.at_full_length() then 5 else 4 end
    )
)

select test.send_in_every_order('{}', samples[:shuffled], samples[shuffled + 1:])
from sent;
select incident.sweep(test.at('10:09'));

select results_eq(
    'select distinct test.history(device_name), count(*) over () from incident.device group by device_name',
    $$
    values (
        array[
            '10:00 active/active', '10:01 stuck/active', '10:02 stopped/stuck', '10:03 no_data/no_data',
            '10:06 active/active', '10:08 stuck/active'
        ],
        case when test.at_full_length() then 120 else 24 end::bigint
    )
    $$,
    'one history'
);
select results_eq(
    $$
    select distinct
        array_agg((i.component, i.severity, i.status, i.detected_at, i.resolved_at, i.detected_severity, i.severity_since)::text
            order by i.detected_at, i.component)
    from system_incident as i
    where i.retracted_at is null
    group by i.device_name
    $$,
    $$
    values (array[
        ('ffmpeg', 'critical', 'resolved', test.at('10:01'), test.at('10:06'), 'high', test.at('10:02'))::text,
        ('monitor', 'high', 'resolved', test.at('10:02'), test.at('10:06'), 'high', test.at('10:02'))::text,
        ('ffmpeg', 'high', 'open', test.at('10:08'), null::timestamptz, 'high', test.at('10:08'))::text
    ])
    $$,
    'the same incidents'
);

select test.is_sound();
select * from finish();
