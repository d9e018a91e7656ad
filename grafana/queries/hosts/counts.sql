select
    count(*) as "Hosts",
    count(*) filter (where h.state = 'silent') as "Silent Hosts",
    count(*) filter (where h.state = 'over limits') as "Over Limits",
    count(*) filter (where abs(h.clock_offset_seconds) >= 60) as "Wrong Clocks",
    count(*) filter (where h.agent_problem is not null) as "Agents In Trouble"
from incident.host_now as h
where h.host_name in ($host)
