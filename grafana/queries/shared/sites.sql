select distinct coalesce(w.name, 'here')
from incident.host as k
left join incident.site as w on k.site = w.site
order by coalesce(w.name, 'here')
