create or replace function incident_engine.replace_system_states(
    bases incident_engine.touch[], states incident.system_state[]
)
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant incident.system_state[] := array(
        select s.state
        from unnest(bases) as b
        cross join lateral (
            select e as state
            from incident.system_state as e
            where
                e.host_name = b.host_name
                and e.device_name = b.device_name
                and e.capture_folder = b.capture_folder
                and e.started_at >= b.from_time
                and e.started_at < b.to_time
            offset 0
        ) as s
    );
    removed incident.system_state[];
    added incident.system_state[];
begin
    removed := array(
        select (s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at, s.status, s.reason, s.severity)::incident.system_state
        from (select w.* from unnest(was) as w except select n.* from unnest(states) as n) as s
    );
    added := array(
        select (s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at, s.status, s.reason, s.severity)::incident.system_state
        from (select n.* from unnest(states) as n except select w.* from unnest(was) as w) as s
    );
    if removed = '{}' and added = '{}' then
        return null;
    end if;

    delete from incident.system_state as s
    using unnest(removed) as r
    where
        (s.host_name, s.device_name, s.capture_folder, s.started_at)
        = (r.host_name, r.device_name, r.capture_folder, r.started_at);

    insert into incident.system_state
    select a.*
    from unnest(added) as a
    order by a.host_name, a.device_name, a.capture_folder, a.started_at;

    return (
        select array_agg(c)
        from (
            select (
                s.host_name, s.device_name, s.capture_folder, min(s.started_at), max(s.ended_at)
            )::incident_engine.touch as c
            from unnest(removed || added) as s
            group by s.host_name, s.device_name, s.capture_folder
        ) as t
    );
end
$$;

comment on function incident_engine.replace_system_states(incident_engine.touch[], incident.system_state[]) is
'Makes incident.system_state of these hosts and devices what the second argument says from from_time to to_time. Returns what changed.';

revoke all on function incident_engine.replace_system_states(
    incident_engine.touch[], incident.system_state[]
) from public;
