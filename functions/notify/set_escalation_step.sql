create or replace function incident.set_escalation_step(
    escalation text,
    step integer,
    contact text,
    after interval default '0',
    repeat_every interval default null,
    repeat_times integer default 0
)
returns incident.escalation_step
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    written incident.escalation_step;
begin
    perform incident_engine.require_text(escalation, 'escalation');
    perform incident_engine.require_contact(contact);
    if escalation !~ '^[[:alnum:]][[:alnum:]._-]{0,62}$' or step is null or step < 1
        or after is null or after not between '0' and '30 days'
        or repeat_times is null or repeat_times not between 0 and 100
        or (repeat_times > 0) <> (repeat_every is not null)
        or repeat_every not between '1 minute' and '7 days'
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'escalation %s cannot have this step: step %s, after %s, repeat_every %s, repeat_times %s',
                escalation, coalesce(step::text, 'null'), coalesce(after::text, 'null'),
                coalesce(repeat_every::text, 'null'), coalesce(repeat_times::text, 'null')
            ),
            detail = 'Names are letters, digits, dots, hyphens and underscores; steps count from 1; after is up to 30 days; repetitions '
                'are 1 minute to 7 days apart, up to 100.',
            hint = 'Name repeat_every and repeat_times both, or neither.';
    end if;
    insert into incident.escalation_step (escalation, step, contact, after, repeat_every, repeat_times)
    values (
        set_escalation_step.escalation,
        set_escalation_step.step,
        set_escalation_step.contact,
        set_escalation_step.after,
        set_escalation_step.repeat_every,
        set_escalation_step.repeat_times
    )
    on conflict on constraint escalation_step_pkey do update
    set contact = excluded.contact,
        after = excluded.after,
        repeat_every = excluded.repeat_every,
        repeat_times = excluded.repeat_times
    returning * into written;
    return written;
end
$$;

comment on function incident.set_escalation_step(text, integer, text, interval, interval, integer) is
'A step of an escalation: which contact or rotation is told, after how long without an acknowledgement, and how often again while there '
'is none. Counts for incidents that open from now on. Errors: P0002 for an unknown contact, 22004, 22023.';

revoke all on function incident.set_escalation_step(text, integer, text, interval, interval, integer) from public;
grant execute on function incident.set_escalation_step(
    text, integer, text, interval, interval, integer
) to incident_admin;
