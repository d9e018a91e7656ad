-- Inlined into the queries that ask for many: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.matching_routes(
    host_name text, device_name text, component text, severity text, as_of timestamptz
)
returns setof incident.route
language sql
stable
rows 2
begin atomic
    select r.*
    from incident.route as r
    where
        (r.host_like is null or matching_routes.host_name like r.host_like)
        and (r.device_name is null or r.device_name = matching_routes.device_name)
        and (r.component is null or r.component = matching_routes.component)
        and (
            r.at_least is null
            or incident_engine.severity_rank(matching_routes.severity) <= incident_engine.severity_rank(r.at_least)
        )
        and (
            r.time_zone is null
            or case
                when r.local_from < r.local_to
                    then (as_of at time zone r.time_zone)::time >= r.local_from
                        and (as_of at time zone r.time_zone)::time < r.local_to
                else (as_of at time zone r.time_zone)::time >= r.local_from
                    or (as_of at time zone r.time_zone)::time < r.local_to
            end
        )
    order by
        r.device_name is null,
        coalesce(strpos(r.host_pattern, '*') > 0, true),
        length(r.host_pattern) desc nulls last,
        r.component is null,
        incident_engine.severity_rank(r.at_least) nulls last,
        r.time_zone is null,
        r.route_id desc;
end;

comment on function incident_engine.matching_routes(text, text, text, text, timestamptz) is
'The routes that fit an incident at a moment, the most specific first: one for the device before one for its host, a host''s name before '
'a pattern, a longer pattern before a shorter one, then the component, the higher least severity, the local hours, and of two alike the '
'one added later.';

revoke all on function incident_engine.matching_routes(text, text, text, text, timestamptz) from public;
grant execute on function incident_engine.matching_routes(text, text, text, text, timestamptz) to incident_viewer;
