-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.detected_incident(
    window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns table (
    incident_id bigint,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    severity text,
    root_cause text,
    counts_from timestamptz,
    counted tstzmultirange,
    acknowledged_by text,
    resolved_at timestamptz,
    time_to_acknowledge interval,
    time_to_resolve interval,
    time_so_far interval
)
language sql
stable
rows 1000
begin atomic
    with found as (
        select i.*
        from public.system_incident as i
        where
            i.detected_at >= window_start
            and i.detected_at < least(window_end, as_of)
            and i.retracted_at is null
            and i.dismissed_at is null
        union all
        -- One that began in maintenance before the window may count from the end of that on.
        select i.*
        from public.system_incident as i
        where
            i.detected_at < window_start
            and coalesce(i.resolved_at > window_start, true)
            and i.retracted_at is null
            and i.dismissed_at is null
            and exists (
                select from incident.maintenance as m
                where
                    incident_engine.maintenance_covers(m, i.host_name, i.device_name, i.capture_folder)
                    and m.effective_period && tstzrange(window_start, window_start, '[]')
            )
    ),

    told as (
        select
            i.incident_id,
            i.host_name,
            i.device_name,
            i.capture_folder,
            i.component,
            i.severity,
            i.root_cause,
            i.detected_at,
            case when i.acknowledged_at <= as_of then i.acknowledged_by end as acknowledged_by,
            case when i.acknowledged_at <= as_of then i.acknowledged_at end as acknowledged_at,
            greatest(coalesce(i.announced_at, i.detected_at), i.detected_at) as known_at,
            case when i.resolved_at <= as_of then i.resolved_at end as resolved_at,
            -- One that lasts lasts up to where its site has looked.
            least(
                i.resolved_at,
                as_of,
                case when i.resolved_at is null and k.known_to is not null then greatest(k.known_to, i.detected_at) end
            ) as ended_at
        from found as i
        left join incident_engine.known_until() as k on i.host_name = k.host_name
    ),

    -- Without maintenance, as most are, by plain subtraction: a hundred thousand of them are as many multiranges.
    measured as (
        select
            t.*,
            m.spans is null or not m.spans @> t.detected_at as is_outside,
            case
                when m.spans is null then tstzmultirange(tstzrange(t.detected_at, t.ended_at))
                else tstzmultirange(tstzrange(t.detected_at, t.ended_at)) - m.spans
            end as counted,
            case
                when m.spans is null then t.ended_at - t.detected_at
                else incident_engine.time_in(tstzmultirange(tstzrange(t.detected_at, t.ended_at)) - m.spans)
            end as time_so_far,
            case
                when t.acknowledged_at is null then null
                when t.acknowledged_at <= t.known_at then interval '0'
                when m.spans is null then t.acknowledged_at - t.known_at
                else incident_engine.time_in(tstzmultirange(tstzrange(t.known_at, t.acknowledged_at)) - m.spans)
            end as time_to_acknowledge
        from told as t
        left join
            incident_engine.maintenance_span(
                (select least(window_start, min(f.detected_at)) from found as f), least(window_end, as_of)
            ) as m
            on
            t.host_name = m.host_name
            and t.device_name = m.device_name
            and t.capture_folder = m.capture_folder
    )

    select
        m.incident_id,
        m.host_name,
        m.device_name,
        m.capture_folder,
        m.component,
        m.severity,
        m.root_cause,
        coalesce(lower(m.counted), m.detected_at) as counts_from,
        m.counted,
        m.acknowledged_by,
        m.resolved_at,
        m.time_to_acknowledge,
        case when m.resolved_at is not null then m.time_so_far end as time_to_resolve,
        m.time_so_far
    from measured as m
    where
        (m.is_outside or not isempty(m.counted))
        and coalesce(lower(m.counted), m.detected_at) >= window_start
        and coalesce(lower(m.counted), m.detected_at) < least(window_end, as_of);
end;

comment on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) is
'The incidents of a window, as they stood at as_of: what was acknowledged or resolved later was not yet. Maintenance goes first: an '
'incident belongs to the moment of its detection, or, when that is in maintenance, at which the maintenance ends (counts_from); its '
'time (counted) and all durations are without maintenance; one wholly in it is left out, and so are retracted and dismissed ones. '
'time_to_acknowledge counts from when people could know. time_so_far: to the resolution, or up to as_of while it was open.';

revoke all on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.detected_incident(timestamptz, timestamptz, timestamptz) to incident_viewer;
