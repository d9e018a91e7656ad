create or replace function incident.end_maintenance(
    maintenance_id bigint, ended_at timestamptz default now(), operator text default incident.current_operator()
)
returns incident.maintenance_line
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    planned incident.maintenance;
begin
    perform incident_engine.require_operator(operator);
    select m.* into planned
    from incident.maintenance as m
    where m.maintenance_id = end_maintenance.maintenance_id
    for update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no maintenance %s', coalesce(maintenance_id::text, 'null')),
            hint = 'select * from incident.maintenance_now lists what is under way, incident.maintenance all of it.';
    end if;
    if ended_at is null or not isfinite(ended_at) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('ended_at must be a moment, but is %s', coalesce(ended_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;

    -- What is over stays so; it can only turn out to have ended earlier.
    if coalesce(planned.ended_at, upper(planned.period)) <= ended_at then
        return incident_engine.maintenance_line(planned);
    end if;
    update incident.maintenance as m
    set ended_at = greatest(end_maintenance.ended_at, lower(m.period)), ended_by = operator, changed_at = now()
    where m.host_name = planned.host_name and m.maintenance_id = planned.maintenance_id
    returning m.* into planned;
    return incident_engine.maintenance_line(planned);
end
$$;

comment on function incident.end_maintenance(bigint, timestamptz, text) is
'Ends a maintenance early, or calls it off when ended_at (by default now) is not after its start: what counts is the time until '
'then. Incidents that are still active are announced from then on. One that is over stays as it is. Returns a line about it. Errors: IN002 '
'when there is none with this number, 22004, 22023.';

revoke all on function incident.end_maintenance(bigint, timestamptz, text) from public;
grant execute on function incident.end_maintenance(bigint, timestamptz, text) to incident_operator;
