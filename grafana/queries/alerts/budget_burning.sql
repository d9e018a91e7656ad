select
    s.host_name as host,
    s.device_name as device,
    s.capture_folder as folder,
    pace.pace,
    pace.severity,
    least(pace.burn_rate, 1000)::double precision as burn_rate
from incident.sla_report() as s
cross join
    lateral (
        values
        ('fast', 'critical', s.burn_rate_1h, s.burn_rate_5m, 14.4),
        ('medium', 'critical', s.burn_rate_6h, s.burn_rate_30m, 6.0),
        ('slow', 'high', s.burn_rate_3d, s.burn_rate_6h, 1.0)
    ) as pace (pace, severity, burn_rate, lately, threshold)
where pace.burn_rate >= pace.threshold and pace.lately >= pace.threshold
