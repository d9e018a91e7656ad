insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select
    d.host_name, 'device ' || d.device_name, d.device_name, d.folder,
    timestamptz '2026-03-02 02:00+00' + (m - 1) * interval '1 minute',
    case
        when m < d.fails_from or d.flaps and m % 2 = 0 then 'active'
        else d.as_what
    end,
    'active'
from (
    values
    ('studio-1', 'Camera 1', 'capture1', 41, 'stopped', false),
    ('studio-1', 'Camera 2', 'capture2', 41, 'stopped', false),
    ('studio-1', 'Camera 3', 'capture3', 41, 'stopped', false),
    ('studio-1', 'Camera 4', 'capture4', 41, 'stopped', false),
    ('studio-1', 'Set-top box', 'capture5', 42, 'stuck', false),
    ('studio-1', 'Game console', 'capture6', 99, 'stuck', false),
    ('studio-2', 'Living room television', 'capture1', 10, 'stuck', true),
    ('studio-2', 'Camera 1', 'capture2', 31, 'stuck', false),
    ('studio-3', 'Camera 1', 'capture1', 21, 'stopped', false),
    ('studio-4', 'Camera 1', 'capture1', 30, 'stuck', false)
) as d (host_name, device_name, folder, fails_from, as_what, flaps)
cross join generate_series(1, case d.host_name when 'studio-4' then 35 else 50 end) as m
order by d.host_name, d.folder, m;

select incident.add_maintenance('studio-3', '2026-03-02 02:00+00', '2999-01-01 00:00+00', 'moving', operator => 'ben');
-- The sweep has looked until ten to three, and the next round is not due yet.
select incident.sweep('2026-03-02 02:50+00');
update incident_engine.sweep_state set swept_to = now() + interval '1 day';
