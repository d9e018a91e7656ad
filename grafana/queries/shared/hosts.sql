select distinct d.host_name
from incident.device as d
join incident.host as k on d.host_name = k.host_name
left join incident.site as w on k.site = w.site
where coalesce(w.name, 'here') in ($site)
order by d.host_name
