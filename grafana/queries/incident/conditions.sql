select
    c.cause as "What",
    c.started_at as "Since",
    nullif(c.ended_at, 'infinity') as "Until",
    floor(greatest(extract(epoch from least(c.ended_at, now()) - c.started_at), 0))::double precision as "For",
    c.value::double precision as "Value",
    c.limit_value::double precision as "Limit",
    c.last_signal_at as "Last Heard"
from public.system_incident as i
join incident.host_condition as c on i.host_name = c.host_name
where
    i.incident_id = nullif('$incident', '')::bigint
    and c.started_at <= $__timeTo()::timestamptz
    and c.ended_at >= $__timeFrom()::timestamptz
order by c.started_at desc
limit 50
