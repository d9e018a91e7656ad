select distinct d.host_name
from incident.device as d
order by d.host_name
