create or replace function incident.set_rotation(
    rotation text,
    members text[],
    handover_every text default 'week',
    starts_on date default null,
    handover_at time default '08:00',
    time_zone text default 'UTC',
    operator text default incident.current_operator()
)
returns incident.rotation
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.rotation;
begin
    if coalesce(cardinality(members), 0) = 0 then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = format('rotation %s has no members', coalesce(rotation, 'null')),
            hint = 'Name contacts in the order of their turns: members => array[''ana'', ''ben''].';
    end if;
    perform incident_engine.require_contact(m.member, false) from unnest(members) as m (member);
    perform incident_engine.check_time_zone(time_zone);
    if handover_every is null or handover_every not in ('day', 'week') or handover_at is null then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('handover_every must be day or week and handover_at a time, but they are %s and %s',
                coalesce(quote_literal(handover_every), 'null'), coalesce(handover_at::text, 'null')),
            hint = 'handover_every => ''week'', handover_at => ''08:00'', time_zone => ''Europe/Berlin''';
    end if;
    if exists (select from incident.contact as c where c.contact = set_rotation.rotation)
        and not exists (select from incident.rotation as r where r.rotation = set_rotation.rotation)
    then
        raise exception using
            errcode = 'duplicate_object',
            message = format('%s is a contact already', rotation),
            hint = 'A rotation stands wherever a contact may, so it needs a name of its own.';
    end if;
    perform incident.set_contact(rotation, operator => operator);
    insert into incident.rotation as r (
        rotation, members, handover_every, starts_on, handover_at, time_zone, changed_by
    )
    values (
        set_rotation.rotation,
        set_rotation.members,
        set_rotation.handover_every,
        coalesce(set_rotation.starts_on, (now() at time zone set_rotation.time_zone)::date),
        set_rotation.handover_at,
        set_rotation.time_zone,
        operator
    )
    on conflict on constraint rotation_pkey do update
    set members = excluded.members,
        handover_every = excluded.handover_every,
        starts_on = coalesce(set_rotation.starts_on, r.starts_on),
        handover_at = excluded.handover_at,
        time_zone = excluded.time_zone,
        changed_by = operator,
        changed_at = now()
    returning r.* into written;
    return written;
end
$$;

comment on function incident.set_rotation(text, text[], text, date, time, text, text) is
'Contacts that take turns: members in order, each for a day or a week, handing over at a time of the local clock (time_zone; right across '
'daylight saving). The first one''s first turn begins on starts_on, by default today, which also says on which day of the week they hand '
'over. It stands wherever a contact may. Errors: 22004, 22023, P0002 for an unknown member, 42710 when a contact has the name.';

revoke all on function incident.set_rotation(text, text[], text, date, time, text, text) from public;
grant execute on function incident.set_rotation(text, text[], text, date, time, text, text) to incident_admin;
