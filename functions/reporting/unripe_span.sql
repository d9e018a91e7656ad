create or replace function incident_engine.unripe_span(as_of timestamptz)
returns table (
    host_name text,
    device_name text,
    capture_folder text,
    spans tstzmultirange,
    ffmpeg_status text,
    monitor_status text
)
language plpgsql
stable
security definer
rows 20
set search_path = pg_catalog, pg_temp
as $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
begin
    if as_of >= now() then
        return; -- nobody has looked later
    end if;
    return query
    with going_on as materialized (
        select s.*
        from incident.device_state as s
        where
            s.ended_at > as_of
            and s.started_at < as_of
            and s.started_at > as_of - longest
            and s.ffmpeg_status = 'no_data'
    )

    select
        g.host_name,
        g.device_name,
        g.capture_folder,
        tstzmultirange(tstzrange(g.started_at, as_of)),
        b.ffmpeg_status,
        b.monitor_status
    from going_on as g
    cross join lateral incident_engine.silence_policy(g.host_name, g.device_name, g.capture_folder) as p
    join incident.device_state as b
        on b.host_name = g.host_name
        and b.device_name = g.device_name
        and b.capture_folder = g.capture_folder
        and b.ended_at = g.started_at
    where g.started_at - p.sample_interval + p.no_data_after > as_of;
end
$$;

comment on function incident_engine.unripe_span(timestamptz) is
'The silence that was going on at a past as_of and had not lasted long enough by then to count, with the status before it: who '
'asked then was told that status, and who asks for then is told the same.';

revoke all on function incident_engine.unripe_span(timestamptz) from public;
grant execute on function incident_engine.unripe_span(timestamptz) to incident_viewer;
