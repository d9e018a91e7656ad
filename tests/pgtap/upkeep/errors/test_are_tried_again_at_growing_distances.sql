select plan(2);

alter table system_incident add constraint disk_is_full check (host_name <> 'host-1') not valid;
select test.send('stuck');

-- a sweep every ten seconds for five hours
create function test.attempts() returns text[]
language plpgsql
as $$
declare
    tried text[];
    before integer;
    after integer;
begin
    for step in 0..1800 loop
        select e.attempts into before from incident_engine.error as e;
        perform incident_engine.retry_errors(test.at('10:00') + step * interval '10 seconds', now());
        select e.attempts into after from incident_engine.error as e;
        if after > before then
            tried := tried || test.clock(test.at('10:00') + step * interval '10 seconds');
        end if;
    end loop;
    return tried;
end
$$;
select is(
    test.attempts(),
    array['10:00', '10:01', '10:03', '10:07', '10:15', '10:31', '11:03', '12:07', '13:11', '14:15'],
    'after 1, 2, 4 ... 64 minutes, then each 64'
);
select is((select attempts from incident_engine.error), 10, 'counted');

select * from finish();
