create or replace function incident.remove_escalation_step(escalation text, step integer default null)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from incident.escalation_step as s
    where
        s.escalation = remove_escalation_step.escalation
        and (remove_escalation_step.step is null or s.step = remove_escalation_step.step);
    get diagnostics removed = row_count;
    if removed = 0 then
        raise exception using
            errcode = 'no_data_found',
            message = format('escalation %s has no step %s', coalesce(escalation, 'null'), coalesce(step::text, 'at all')),
            hint = 'select * from incident.escalation_step lists them.';
    end if;
    if not exists (select from incident.escalation_step as s where s.escalation = remove_escalation_step.escalation)
        and exists (select from incident.route as r where r.escalation = remove_escalation_step.escalation)
    then
        raise exception using
            errcode = 'dependent_objects_still_exist',
            message = format('escalation %s would have no step left, and routes lead to it', escalation),
            detail = (
                select format('Routes: %s.', string_agg(r.route_id::text, ', ')) from incident.route as r
                where r.escalation = remove_escalation_step.escalation
            ),
            hint = 'Remove those routes first: select incident.remove_route(...).';
    end if;
    return removed;
end
$$;

comment on function incident.remove_escalation_step(text, integer) is
'Takes a step out of an escalation, or (step null) all of it. What is due already stays due. Returns how many. Errors: P0002 when there is '
'none, 2BP01 when a route leads to the escalation and it would have none left.';

revoke all on function incident.remove_escalation_step(text, integer) from public;
grant execute on function incident.remove_escalation_step(text, integer) to incident_admin;
