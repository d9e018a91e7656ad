-- Its clock or its link is ten minutes behind: a row comes every minute, and a sweep.
select plan(3);

select test.send(repeat('active ', 30), '10:00');
do $$
begin
    for minute in 0..9 loop
        perform test.send('active', '10:3' || minute);
        perform incident.sweep(test.at('10:4' || minute));
    end loop;
end
$$;
select is(
    (select array_agg(concat_ws(' ', i.status, test.clock(i.detected_at))) from system_incident as i),
    array['open 10:40'], 'one incident, and none retracted'
);
select is(
    (
        select min(t.note) from incident.timeline as t
        where t.event = 'corrected'
    ), 'corrected by late samples',
    'whose timeline says why it begins later'
);

select test.is_sound();
select * from finish();
