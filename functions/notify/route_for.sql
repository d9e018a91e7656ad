create or replace function incident.route_for(
    host_name text,
    device_name text default null,
    component text default 'ffmpeg',
    severity text default 'critical',
    at timestamptz default now()
)
returns table (
    counts boolean,
    route_id bigint,
    escalation text,
    because text,
    step integer,
    contact text,
    told_after interval,
    told_again text
)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        r.position = 1 as counts,
        r.route_id,
        r.escalation,
        coalesce(
            nullif(
                concat_ws(
                    ', ',
                    'device ' || r.device_name,
                    'host ' || r.host_pattern,
                    'component ' || r.component,
                    r.at_least || ' or worse',
                    to_char(r.local_from, 'HH24:MI') || ' to ' || to_char(r.local_to, 'HH24:MI') || ' ' || r.time_zone
                ), ''
            ), 'it fits everything'
        ) as because,
        s.step,
        s.contact,
        s.after as told_after,
        s.repeat_times || ' times, every ' || s.repeat_every as told_again
    from incident_engine.matching_routes(
            route_for.host_name, route_for.device_name, route_for.component, route_for.severity, route_for.at
        ) with ordinality as r (
            route_id,
            escalation,
            host_pattern,
            host_like,
            device_name,
            component,
            at_least,
            local_from,
            local_to,
            time_zone,
            note, added_by, added_at, position
        )
    left join incident.escalation_step as s on s.escalation = r.escalation and r.position = 1
    order by r.position, s.step;
end;

comment on function incident.route_for(text, text, text, text, timestamptz) is
'Who would be told, and why: the routes that fit an incident of this host, device, component and severity at a moment, the most '
'specific first. The first counts, and its escalation is shown step by step; one without an escalation tells nobody.';

revoke all on function incident.route_for(text, text, text, text, timestamptz) from public;
grant execute on function incident.route_for(text, text, text, text, timestamptz) to incident_viewer;
