select
    week_start || case when is_complete then '' else ' (running)' end as "Week Of",
    availability_percent::double precision as "Availability %",
    availability_change::double precision as "Change",
    incidents as "Incidents",
    floor(mtta_seconds)::double precision as "MTTA",
    floor(mttr_seconds)::double precision as "MTTR",
    failures as "Failures",
    floor(mtbf_seconds)::double precision as "MTBF"
from incident.trends(time_zone => '$time_zone')
order by week_start desc
