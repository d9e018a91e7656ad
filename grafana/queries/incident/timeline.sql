select
    happened_at as "When",
    event as "Event",
    operator as "Who",
    from_value as "From",
    to_value as "To",
    note as "Note"
from incident.timeline
where incident_id = nullif('$incident', '')::bigint
order by entry_id
