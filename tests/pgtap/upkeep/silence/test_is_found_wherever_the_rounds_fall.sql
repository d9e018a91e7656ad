-- Devices that report every minute, each at a second of its own, with a gap of just three minutes or a second less, while
-- rounds come at distances that share no measure with it. Healthy before and after: no row says anything new.
select plan(4);

create function test.live(number integer, round_every interval) returns void
language plpgsql
as $$
declare
    round_at timestamptz := test.at('10:00');
begin
    -- The first round has no one before it: there every device is looked at.
    while round_at < test.at('10:20') loop
        insert into public.system_device_metrics (
            host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
        )
        select 'host-' || number, 'x', d || '', case when d % 2 = 0 then 'gap' else 'none' end, s.at, 'active', 'active'
        from generate_series(0, 19) as d
        cross join lateral (
            select test.at('10:00') + d * interval '3 seconds' + minute * interval '1 minute'
                + case
                    when minute <= 5 then interval '0'
                    when d % 2 = 0 then interval '2 minutes'
                    else interval '1 minute 59.999 seconds'
                end as at
            from generate_series(0, 20) as minute
        ) as s
        where s.at > round_at - round_every and s.at <= round_at
        order by 1, 3, 4, 5;
        perform incident.sweep(round_at);
        round_at := round_at + round_every;
    end loop;
end
$$;

create function test.found(number integer) returns text[]
language sql stable
return (
    select array_agg(distinct s.capture_folder || ' ' || s.ffmpeg_status || ' ' || (s.ended_at - s.started_at))
    from incident.device_state as s
    where s.host_name = 'host-' || number and s.ended_at < 'infinity' and s.ffmpeg_status = 'no_data'
);

select test.live(1, '60 seconds');
select is(test.found(1), array['gap no_data 00:02:00'], 'a round a minute');
update incident_engine.sweep_state set swept_to = test.at('09:59');
select test.live(2, '47 seconds');
select is(test.found(2), array['gap no_data 00:02:00'], 'a round every 47 seconds');
update incident_engine.sweep_state set swept_to = test.at('09:59');
select test.live(3, '131 seconds');
select is(test.found(3), array['gap no_data 00:02:00'], 'a round every 131 seconds');

select is(
    (
        select count(*) from incident.device_state as s
        where s.ffmpeg_status = 'no_data' and s.ended_at < 'infinity' and s.capture_folder = 'gap'
    ),
    30::bigint, 'at every device that had one'
);
select * from finish();
