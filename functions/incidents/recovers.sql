create or replace function incident_engine.recovers(
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    started_at timestamptz,
    ended_at timestamptz,
    resolve_after interval
)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    steady tstzmultirange;
begin
    if exists (
        select from incident_engine.operator_action as a
        where
            a.host_name = recovers.host_name
            and a.device_name = recovers.device_name
            and a.capture_folder = recovers.capture_folder
            and a.component = recovers.component
            and a.action = 'hold'
            and a.acted_at >= recovers.started_at
            and a.acted_at < recovers.ended_at
    ) then
        return false;
    end if;

    select tstzmultirange(tstzrange(
        least(recovers.started_at + resolve_after, recovers.ended_at), recovers.ended_at
    )) - coalesce(range_agg(tstzrange(f.started_at, f.ended_at)), '{}')
    into steady
    from incident.flapping as f
    where
        f.host_name = recovers.host_name
        and f.device_name = recovers.device_name
        and f.capture_folder = recovers.capture_folder
        and f.component = recovers.component
        and f.started_at < recovers.ended_at
        and f.ended_at > recovers.started_at;
    return
        steady @> recovers.started_at -- the run starts with a healthy sample
        or exists (
            select
            from unnest(steady) as part
            where incident_engine.first_sample_in(
                host_name, device_name, capture_folder, component, 'healthy', lower(part), upper(part)
            ) is not null
        );
end
$$;

comment on function incident_engine.recovers(text, text, text, text, timestamptz, timestamptz, interval) is
'Whether a healthy run from started_at up to ended_at resolves an incident: a sample is healthy resolve_after or more after its '
'first one while the component is not flapping, and no operator reopened an incident in it (a hold).';

revoke all on function incident_engine.recovers(text, text, text, text, timestamptz, timestamptz, interval) from public;
