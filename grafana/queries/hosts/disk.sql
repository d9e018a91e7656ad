select
    $__timeGroupAlias(m.timestamp, $__interval),
    m.host_name as metric,
    max(case when m.disk_percent between 0 and 1000 then m.disk_percent end)::double precision as disk
from public.system_metrics as m
where $__timeFilter(m.timestamp) and m.host_name in ($host)
group by time, metric
order by time, metric
