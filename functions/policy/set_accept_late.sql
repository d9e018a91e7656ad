create or replace function incident.set_accept_late(
    accept_late interval, operator text default incident.current_operator(), note text default null
)
returns incident.retention
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.retention;
begin
    perform incident_engine.require_operator(operator);
    if accept_late < interval '1 day' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('accept_late must be a day or longer, but is %s', accept_late),
            detail = 'A host that was offline for longer sends what it kept meanwhile.',
            hint = 'Name a longer time; null accepts all.';
    end if;
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', coalesce(note, ''), true);
    update incident.retention as r
    set accept_late = set_accept_late.accept_late
    where r.only_row
    returning r.* into written;
    return written;
end
$$;

comment on function incident.set_accept_late(interval, text, text) is
'How old a row may be when it arrives; an older one comes from a clock that is wrong, is stored and counts for nothing. null: all '
'count. incident.rebuild() lets rows that are stored already count accordingly. Errors: 22004, 22023 for less than a day.';

revoke all on function incident.set_accept_late(interval, text, text) from public;
grant execute on function incident.set_accept_late(interval, text, text) to incident_admin;
