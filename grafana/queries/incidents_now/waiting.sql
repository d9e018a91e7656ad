select
    s.active_critical as "Critical Now",
    s.unacknowledged as "Nobody On It",
    (
        select count(*)
        from incident.recent as r
        where r.detected_at > now() - interval '5 minutes'
    ) as "New in 5 min"
from incident.summary as s
