-- Inlined into the reports: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.sla_target(
    host_name text, device_name text, capture_folder text, component text
)
returns table (target_percent numeric)
language sql
stable
parallel safe
rows 1
begin atomic
    select p.sla_target
    from incident.policy as p
    where
        p.sla_target is not null
        and (
            -- What site_of finds first; a function with a query in it is called anew for each row of a report.
            p.host_name is null and p.site = coalesce(
                (
                    select h.site from incident.host as h
                    where h.host_name = sla_target.host_name
                ),
                incident_engine.site_of(sla_target.host_name)
            )
            or p.host_name = sla_target.host_name
        )
        and (p.device_name is null or p.device_name = sla_target.device_name)
        and (p.capture_folder is null or p.capture_folder = sla_target.capture_folder)
        and (p.component is null or p.component = sla_target.component)
    order by
        (p.host_name is not null)::integer + (p.device_name is not null)::integer desc,
        p.component is null
    limit 1;
end;

comment on function incident_engine.sla_target(text, text, text, text) is
'Availability promised, in percent, by the most specific policy row that has one: device before host before all, and a row for '
'the component before one for any. Nulls ask for the whole: (host, null, null, null) for the host, all null for the fleet.';

revoke all on function incident_engine.sla_target(text, text, text, text) from public;
grant execute on function incident_engine.sla_target(text, text, text, text) to incident_viewer;
