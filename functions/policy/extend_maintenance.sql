create or replace function incident.extend_maintenance(
    maintenance_id bigint, until timestamptz, operator text default incident.current_operator()
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
    where m.maintenance_id = extend_maintenance.maintenance_id
    for update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no maintenance %s', coalesce(maintenance_id::text, 'null')),
            hint = 'select * from incident.maintenance_now lists what is under way, incident.maintenance all of it.';
    end if;
    if until is null or not isfinite(until) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('until must be a moment, but is %s', coalesce(until::text, 'null')),
            hint = 'When the end is not known, name a generous one and end it early.';
    end if;
    if upper(planned.effective_period) = until then
        raise notice 'maintenance % lasts until then already', maintenance_id using hint = 'Nothing has changed.';
        return incident_engine.maintenance_line(planned);
    end if;
    if isempty(planned.effective_period) or upper(planned.effective_period) <= now() then
        raise exception using
            errcode = 'IN001',
            message = format('maintenance %s is over', maintenance_id),
            detail = case
                when isempty(planned.effective_period) then format('It was called off by %s.', planned.ended_by)
                else format('It ended at %s.', upper(planned.effective_period))
            end,
            hint = 'incident.add_maintenance() adds another, for the past too.';
    end if;
    if until < upper(planned.effective_period) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('maintenance %s lasts longer than %s already', maintenance_id, until),
            detail = format('It ends at %s.', upper(planned.effective_period)),
            hint = format('incident.end_maintenance(%s, ended_at => ...) ends it earlier.', maintenance_id);
    end if;

    update incident.maintenance as m
    set period = tstzrange(lower(m.period), until),
        ended_at = null,
        ended_by = null,
        extended_by = operator,
        changed_at = now()
    where m.host_name = planned.host_name and m.maintenance_id = planned.maintenance_id
    returning m.* into planned;
    return incident_engine.maintenance_line(planned);
end
$$;

comment on function incident.extend_maintenance(bigint, timestamptz, text) is
'It takes longer: moves the end of a maintenance that is not over to a later moment. operator: who, by default the login. Returns a line about it. '
'Errors: IN001 when it is over, IN002 when there is none with this number, 22004, 22023 for an end that is not later.';

revoke all on function incident.extend_maintenance(bigint, timestamptz, text) from public;
grant execute on function incident.extend_maintenance(bigint, timestamptz, text) to incident_operator;
