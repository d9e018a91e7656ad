select plan(9);
select incident.set_contact(c.name) from unnest(array['ana', 'ben', 'cleo']) as c (name);
select incident.set_rotation(
    'nights', array['ana', 'ben', 'cleo'], 'day', '2026-03-27', '02:30', 'Europe/Berlin'
);
create function pg_temp.on_call(clock text, rotation text default 'nights') returns text
language sql
as $$ select o.contact from incident.on_call(on_call.rotation, test.at(on_call.clock)) as o $$;

select is(pg_temp.on_call('2026-03-27 01:29'), 'cleo', 'before the first turn the last one has it');
select is(pg_temp.on_call('2026-03-27 01:30'), 'ana', 'the first turn begins at half past two');
select is(pg_temp.on_call('2026-03-28 01:30'), 'ben', 'the next one a day later');
-- On 29 March the clock goes from 02:00 to 03:00: half past two is half past three.
select is(
    array[
        pg_temp.on_call('2026-03-29 00:59'), pg_temp.on_call('2026-03-29 01:29'), pg_temp.on_call('2026-03-29 01:30')
    ],
    array['ben', 'ben', 'cleo'], 'a handover that the clock leaves out is when it would have been'
);
select is(
    array[pg_temp.on_call('2026-03-30 00:29'), pg_temp.on_call('2026-03-30 00:30')], array['cleo', 'ana'],
    'and in summer half past two is half an hour past midnight, UTC'
);
-- On 25 October it shows half past two twice.
select is(
    array[
        pg_temp.on_call('2026-10-25 00:29'), pg_temp.on_call('2026-10-25 00:30'), pg_temp.on_call('2026-10-25 01:00'),
        pg_temp.on_call('2026-10-25 01:30')
    ], array['ben', 'cleo', 'cleo', 'cleo'], 'a handover that the clock shows twice is the first, and nobody hands back'
);

select incident.set_rotation('weeks', array['ana', 'ben'], 'week', '2026-03-02', '08:00', 'UTC');
select results_eq(
    $$
    select o.contact, test.clock(o.since), test.clock(o.until), o.next_contact
    from incident.on_call('weeks', test.at('10:00')) as o
    $$,
    $$ values ('ana', '08:00', '2026-03-09 08:00', 'ben') $$, 'by the week: who, since and until when, and who is next'
);
select results_eq(
    $$ select o.rotation, o.contact from incident.on_call(at => test.at('2026-03-28 12:00')) as o $$,
    $$ values ('nights', 'ben'), ('weeks', 'ben') $$, 'all rotations at once'
);
select is(
    (
        select count(*)
        from generate_series(test.at('2026-03-27 02:00'), test.at('2026-11-01 00:00'), '30 minutes') as m (moment)
        where (select count(*) from incident.on_call('nights', m.moment)) <> 1
    ), 0::bigint, 'at any time one of them has it'
);
select * from finish();
