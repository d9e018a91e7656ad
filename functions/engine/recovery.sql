create or replace view incident_engine.recovery as
select c.host_name, c.device_name, c.capture_folder, c.component, c.started_at, c.ended_at
from incident_engine.component_state as c
where
    c.condition = 'healthy'
    and not exists (
        select from incident_engine.operator_action as h
        where
            (h.host_name, h.device_name, h.capture_folder, h.component)
            = (c.host_name, c.device_name, c.capture_folder, c.component)
            and h.action = 'hold'
            -- What was not healthy when it was reopened recovers as always. A silence belongs to what was before it.
            and exists (
                select from incident_engine.component_state as g
                where
                    (g.host_name, g.device_name, g.capture_folder, g.component)
                    = (c.host_name, c.device_name, c.capture_folder, c.component)
                    and g.condition = 'healthy'
                    and g.started_at <= h.acted_at
                    and not exists (
                        select from incident_engine.component_state as f
                        where
                            (f.host_name, f.device_name, f.capture_folder, f.component)
                            = (c.host_name, c.device_name, c.capture_folder, c.component)
                            and f.condition = 'failing'
                            and f.started_at > g.started_at
                            and f.started_at <= h.acted_at
                    )
            )
            and not exists (
                select from incident_engine.component_state as f
                where
                    (f.host_name, f.device_name, f.capture_folder, f.component)
                    = (c.host_name, c.device_name, c.capture_folder, c.component)
                    and f.condition = 'failing'
                    and f.started_at <= greatest(c.started_at, h.acted_at)
                    and f.ended_at > least(c.started_at, h.acted_at)
            )
    );

comment on view incident_engine.recovery is
'Healthy states that end an incident: all but the healthy run in which an operator reopened one (a hold).';

revoke all on incident_engine.recovery from public;
