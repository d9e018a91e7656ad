-- Read on every fold; an inlinable view, so names are qualified instead of a pinned search_path. Each part reads one table
-- alone: joins then reach the primary keys through the union.
create or replace view incident_engine.component_state as
select
    s.host_name,
    s.device_name,
    s.capture_folder,
    'ffmpeg' as component,
    s.started_at,
    s.ended_at,
    s.ffmpeg_status as status,
    case
        when s.ffmpeg_status in ('stuck', 'stopped') then 'failing'  -- rule: unknown does not open
        when s.ffmpeg_status = 'active' then 'healthy'  -- rule: unknown does not resolve; no_data does not resolve
        else 'neutral'
    end as condition,
    case s.ffmpeg_status when 'stopped' then 'critical' when 'stuck' then 'high' end as severity
from incident.device_state as s
union all
select
    s.host_name,
    s.device_name,
    s.capture_folder,
    'monitor' as component,
    s.started_at,
    s.ended_at,
    s.monitor_status as status,
    case
        when s.monitor_status in ('stuck', 'stopped') then 'failing'
        when s.monitor_status = 'active' then 'healthy'
        else 'neutral'
    end as condition,
    case s.monitor_status when 'stopped' then 'critical' when 'stuck' then 'high' end as severity
from incident.device_state as s
union all
select
    s.host_name,
    s.device_name,
    s.capture_folder,
    'system' as component,
    s.started_at,
    s.ended_at,
    s.status,
    case
        when s.severity is not null then 'failing'
        when s.status in ('reporting', 'retired') then 'healthy'
        else 'neutral'
    end as condition,
    s.severity
from incident.system_state as s;

comment on view incident_engine.component_state is
'State history, one row per component: its condition (failing, healthy, neutral) and the severity of a failing one. ffmpeg and '
'monitor of devices, and system: of devices and of hosts (device_name = host_name, capture_folder ''host'').';

revoke all on incident_engine.component_state from public;
