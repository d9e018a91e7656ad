select plan(9);
update incident.policy set new_device_grace = '0';

-- A device a minute until 5 min ago; from then on 40 min ahead, so that the database hears it every minute.
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select 'host-1', 'd', 'Device 1', 'folder of Device 1', t, 'active', 'active'
from generate_series(now() - interval '2 hours', now() - interval '5 minutes', interval '1 minute') as t;
select incident.sweep(now() - interval '5 minutes');
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select 'host-1', 'd', 'Device 1', 'folder of Device 1', t, 'active', 'active'
from generate_series(now() + interval '36 minutes', now() + interval '40 minutes', interval '1 minute') as t;
select incident.sweep();

select is((select h.reason from incident.host as h), 'clock 40 min ahead', 'the host says what is wrong');
select is((select h.problem from incident.health as h), 'host-1: clock 40 min ahead', 'so does health');
select is(
    (
        select array_agg(i.severity || ' ' || i.reason || ' ' || i.status) from system_incident as i
        where i.retracted_at is null
    ),
    array['medium clock 40 min ahead open'], 'one incident, and no silence'
);

-- As time passes without a row.
select incident.sweep(now() + interval '2 minutes');
select is((select h.reason from incident.host as h), 'clock 40 min ahead', 'that is so until nothing comes any more');
select incident.sweep(now() + interval '4 minutes');
select is((select h.reason from incident.host as h), 'silent', 'then the host is silent');
select is((select h.problem from incident.health as h), null, 'and nothing is known of its clock');
select is(
    (
        select array_agg(i.severity || ' ' || i.reason || ' ' || i.status) from system_incident as i
        where i.retracted_at is null
    ),
    array['critical silent open'], 'which is one failure'
);
select is(
    (
        select count(*) from incident.timeline as t
        where t.event in ('retracted', 'corrected')
    ),
    0::bigint,
    'nothing was taken back'
);

select test.is_sound();
select * from finish();
