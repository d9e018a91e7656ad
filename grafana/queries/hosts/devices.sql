select
    coalesce(sum(h.up), 0)::double precision as "Up",
    coalesce(sum(h.down), 0)::double precision as "Down",
    coalesce(sum(h.silent), 0)::double precision as "Silent",
    coalesce(sum(h.unknown), 0)::double precision as "Unknown",
    coalesce(sum(h.in_maintenance), 0)::double precision as "Maintenance"
from incident.host_now as h
where h.host_name in ($host)
