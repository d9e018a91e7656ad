select
    a.host_name as "Host",
    a.version as "Agent",
    a.clock_offset_seconds::double precision as "Clock Ahead",
    a.backlog_rows::double precision as "Waiting Rows",
    floor(a.backlog_age_seconds)::double precision as "Oldest Waits",
    a.quarantined::double precision as "Refused Rows",
    a.problem as "Problem",
    a.last_error as "Last Error",
    floor(greatest(extract(epoch from now() - a.reported_at), 0))::double precision as "Told, Ago"
from incident.agent_health as a
where a.host_name in ($host)
order by a.problem is null, a.host_name
