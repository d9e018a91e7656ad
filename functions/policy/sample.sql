create or replace view incident_engine.sample as
select
    m.host_name,
    m.device_name,
    m.capture_folder,
    m.timestamp,
    m.ffmpeg_status,
    m.monitor_status,
    m.device_id,
    m.video_device,
    m.created_at
from public.system_device_metrics as m
where
    coalesce(m.created_at - m.timestamp <= (select r.accept_late from incident.retention as r), true)
    and not exists (
        select from incident.void_period as v
        where
            v.host_name = m.host_name
            and v.restored_at is null
            and v.period @> m.timestamp
            and (v.device_name = m.device_name or v.device_name is null)
            and (v.capture_folder = m.capture_folder or v.capture_folder is null)
    );

comment on view incident_engine.sample is
'The samples that count: those that were not implausibly old when they arrived, and that nobody has declared void. Whatever derives '
'anything from samples reads them here.';

revoke all on table incident_engine.sample from public;
