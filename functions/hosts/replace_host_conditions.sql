create or replace function incident_engine.replace_host_conditions(
    regions incident_engine.touch[], conditions incident.host_condition[]
)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant incident.host_condition[] := (
        select array_agg(distinct c)
        from unnest(regions) as r
        join incident.host_condition as c
            on c.host_name = r.host_name
            and c.cause = r.device_name
            and c.started_at < r.to_time
            and c.ended_at > r.from_time
    );
    removed incident.host_condition[];
    added incident.host_condition[];
begin
    removed := array(select c from unnest(was) as c except select c from unnest(conditions) as c);
    added := array(select c from unnest(conditions) as c except select c from unnest(was) as c);

    delete from incident.host_condition as c
    using unnest(removed) as r
    where c.host_name = r.host_name and c.cause = r.cause and c.started_at = r.started_at;

    insert into incident.host_condition
    select a.*
    from unnest(added) as a
    order by a.host_name, a.cause, a.started_at;

    return (
        select array_agg((c.host_name, c.cause, '', c.started_at, c.ended_at)::incident_engine.touch)
        from unnest(removed || added) as c
    );
end
$$;

comment on function incident_engine.replace_host_conditions(incident_engine.touch[], incident.host_condition[]) is
'Makes incident.host_condition in the regions (cause in device_name) what the second argument says. Returns what changed.';

revoke all on function incident_engine.replace_host_conditions(incident_engine.touch[], incident.host_condition[])
from public;
