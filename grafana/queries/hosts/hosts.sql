select
    host_name as "Host",
    state as "State",
    active_incidents as "Incidents",
    up as "Up",
    down as "Down",
    silent as "Silent",
    unknown as "Unknown",
    in_maintenance as "Maint.",
    cpu_percent::double precision as "CPU",
    memory_percent::double precision as "Memory",
    disk_percent::double precision as "Disk",
    cpu_temperature_celsius::double precision as "Temp.",
    load_average_5m::double precision as "Load 5 m",
    floor(greatest(extract(epoch from now() - reported_at), 0))::double precision as "Heard, Ago",
    reason as "What Is Wrong"
from incident.host_now
where host_name in ($host)
