-- Read by time and host; an inlinable view, so names are qualified instead of a pinned search_path.
create or replace view incident_engine.host_reading as
select
    m.host_name,
    m.timestamp,
    v.cause,
    v.value
from incident_engine.host_sample as m
cross join
    lateral (
        values
        ('cpu', m.cpu_percent),
        ('memory', m.memory_percent),
        ('disk', m.disk_percent),
        ('temperature', m.cpu_temperature_celsius)
    ) as v (cause, value)
where v.value <> 'NaN';

comment on view incident_engine.host_reading is
'What the rows of system_metrics say about what can reach a limit, one row per cause. Null and NaN say nothing.';

revoke all on incident_engine.host_reading from public;
