select
    happened_at as time,
    event || coalesce(' ' || to_value, '') || ' by ' || operator as text,
    event as tags
from incident.timeline
where
    incident_id = nullif('$incident', '')::bigint
    and $__timeFilter(happened_at)
order by happened_at
