create or replace function incident.override_on_call(
    rotation text,
    contact text,
    ends_at timestamptz,
    starts_at timestamptz default now(),
    note text default null,
    operator text default incident.current_operator()
)
returns incident.rotation_override
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.rotation_override;
begin
    perform incident_engine.require_operator(operator);
    perform incident_engine.require_contact(contact, false);
    if not exists (select from incident.rotation as r where r.rotation = override_on_call.rotation) then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no rotation %s', coalesce(quote_literal(rotation), 'null')),
            hint = 'select * from incident.on_call() lists them.';
    end if;
    if starts_at is null or ends_at is null or not isfinite(starts_at) or not isfinite(ends_at) or ends_at <= starts_at
        or ends_at <= now()
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'somebody stands in from a moment to a later one that is still to come, but from %s to %s was asked',
                coalesce(starts_at::text, 'null'), coalesce(ends_at::text, 'null')
            ),
            hint = 'To give it back early, name the one whose turn it is.';
    end if;
    insert into incident.rotation_override (rotation, contact, period, note, added_by)
    values (
        override_on_call.rotation, override_on_call.contact, tstzrange(starts_at, ends_at), override_on_call.note, operator
    )
    returning * into written;
    return written;
end
$$;

comment on function incident.override_on_call(text, text, timestamptz, timestamptz, text, text) is
'Somebody stands in for whoever''s turn it is in a rotation, from now or starts_at up to ends_at; of several the latest counts. Errors: '
'P0002 for an unknown rotation or contact, 22004, 22023.';

revoke all on function incident.override_on_call(text, text, timestamptz, timestamptz, text, text) from public;
grant execute on function incident.override_on_call(
    text, text, timestamptz, timestamptz, text, text
) to incident_operator;
