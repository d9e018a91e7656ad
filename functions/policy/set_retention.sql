create or replace function incident.set_retention(
    keep_samples interval, operator text default incident.current_operator(), note text default null
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
    if keep_samples < interval '2 days' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('keep_samples must be 2 days or longer, but is %s', keep_samples),
            detail = 'What arrives later than that is stored, but changes neither history nor incidents any more.',
            hint = 'Name a longer time; null keeps samples for ever.';
    end if;
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', coalesce(note, ''), true);
    update incident.retention as r
    set keep_samples = set_retention.keep_samples
    where r.only_row
    returning r.* into written;
    return written;
end
$$;

comment on function incident.set_retention(interval, text, text) is
'How long raw samples are kept: the sweep removes whole days (UTC) that are older. History, incidents and reports stay; samples that '
'arrive later than this are stored, but change nothing any more. null: for ever. Cannot be undone for what is gone. Errors: '
'22023 for less than 2 days.';

revoke all on function incident.set_retention(interval, text, text) from public;
grant execute on function incident.set_retention(interval, text, text) to incident_admin;
