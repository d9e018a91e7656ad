select distinct device_name
from incident.device
where host_name in ($host)
order by device_name
