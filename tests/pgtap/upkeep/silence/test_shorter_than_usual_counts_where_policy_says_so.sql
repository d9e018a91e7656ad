-- Rounds every minute; a gap of two minutes, which leaves no slot of the usual ninety seconds empty.
select plan(3);

create function test.live() returns void
language plpgsql
as $$
begin
    for minute in 0 .. 9 loop
        if minute <> 5 then
            perform test.send('active', '10:0' || minute, 'Device 1', 'host-' || host) from generate_series(1, 3) as host;
        end if;
        perform incident.sweep(test.at('10:0' || minute));
    end loop;
end
$$;

select incident.set_policy('host-1', no_data_after => '2 minutes');
select incident.set_policy('host-3', 'Device 1', 'folder of Device 1', no_data_after => '2 minutes');
select test.live();

select is(
    test.history('Device 1', 'host-1'),
    array['10:00 active/active', '10:05 no_data/no_data', '10:06 active/active'], 'of a host'
);
select is(test.history('Device 1', 'host-2'), array['10:00 active/active'], 'not elsewhere');
select is(
    test.history('Device 1', 'host-3'),
    array['10:00 active/active', '10:05 no_data/no_data', '10:06 active/active'], 'of a device'
);
select * from finish();
