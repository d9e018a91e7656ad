create or replace function incident_engine.settled_before_failure(
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    after timestamptz,
    resolve_after interval,
    reopen_within interval
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    spell record;
    healthy_since timestamptz;
    failing_since timestamptz := coalesce((
        select max(c.started_at)
        from incident_engine.component_state as c
        where
            c.host_name = settled_before_failure.host_name
            and c.device_name = settled_before_failure.device_name
            and c.capture_folder = settled_before_failure.capture_folder
            and c.component = settled_before_failure.component
            and c.condition = 'failing'
            and c.started_at <= after
    ), '-infinity');
begin
    for spell in
        select c.condition, c.started_at
        from incident_engine.component_state as c
        where
            c.host_name = settled_before_failure.host_name
            and c.device_name = settled_before_failure.device_name
            and c.capture_folder = settled_before_failure.capture_folder
            and c.component = settled_before_failure.component
            and c.condition <> 'neutral'
            and c.ended_at > after
            and c.started_at >= coalesce((
                select max(s.started_at)
                from incident_engine.component_state as s
                where
                    s.host_name = settled_before_failure.host_name
                    and s.device_name = settled_before_failure.device_name
                    and s.capture_folder = settled_before_failure.capture_folder
                    and s.component = settled_before_failure.component
                    and s.started_at <= after
            ), '-infinity')
        order by c.started_at
    loop
        if spell.condition = 'healthy' then
            healthy_since := coalesce(healthy_since, greatest(spell.started_at, after));
        elsif spell.started_at > after then
            if
                spell.started_at - healthy_since >= resolve_after + reopen_within
                and incident_engine.recovers(
                    host_name, device_name, capture_folder, component, healthy_since, spell.started_at, resolve_after
                )
                and not exists (
                    select from incident_engine.operator_action as a
                    where
                        a.host_name = settled_before_failure.host_name
                        and a.device_name = settled_before_failure.device_name
                        and a.capture_folder = settled_before_failure.capture_folder
                        and a.component = settled_before_failure.component
                        and a.action = 'hold'
                        and a.acted_at >= failing_since
                        and a.acted_at < spell.started_at
                )
                and not exists (
                    select from incident.flapping as f
                    where
                        f.host_name = settled_before_failure.host_name
                        and f.device_name = settled_before_failure.device_name
                        and f.capture_folder = settled_before_failure.capture_folder
                        and f.component = settled_before_failure.component
                        and f.started_at < spell.started_at
                        and f.ended_at > healthy_since
                )
            then
                return spell.started_at;
            end if;
            healthy_since := null;
            failing_since := spell.started_at;
        end if;
    end loop;
    return null;
end
$$;

comment on function incident_engine.settled_before_failure(
    text, text, text, text, timestamptz, interval, interval
) is
'Start of the first failure after a moment that comes after a healthy run so long that everything before it is settled: whatever '
'was open is resolved, and not to be reopened. Null when there is none.';

revoke all on function incident_engine.settled_before_failure(
    text, text, text, text, timestamptz, interval, interval
) from public;
