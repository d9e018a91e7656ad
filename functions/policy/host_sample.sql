create or replace view incident_engine.host_sample as
select m.*
from public.system_metrics as m
where
    coalesce(m.created_at - m.timestamp <= (select r.accept_late from incident.retention as r), true)
    and not exists (
        select from incident.void_period as v
        where v.host_name = m.host_name and v.restored_at is null and v.period @> m.timestamp and v.device_name is null
    );

comment on view incident_engine.host_sample is
'The hosts'' own rows that count, as incident_engine.sample for those of devices.';

revoke all on table incident_engine.host_sample from public;
