create or replace function incident.remove_contact(contact text)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    uses text;
begin
    perform incident_engine.require_contact(contact);
    select string_agg(u.use, ', ')
    into uses
    from (
        select format('escalation %s, step %s', s.escalation, s.step) as use from incident.escalation_step as s
        where s.contact = remove_contact.contact
        union all
        select format('rotation %s', r.rotation) from incident.rotation as r
        where remove_contact.contact = any (r.members)
        union all
        select format('a substitution in rotation %s', o.rotation) from incident.rotation_override as o
        where o.contact = remove_contact.contact and upper(o.period) > now()
    ) as u;
    if uses is not null then
        raise exception using
            errcode = 'dependent_objects_still_exist',
            message = format('contact %s is still told', contact),
            detail = format('It stands in: %s.', uses),
            hint = 'Name another one there first.';
    end if;
    update incident.notification as t
    set state = 'superseded', state_at = now(), leased_until = null, reason = 'contact removed'
    where t.contact = remove_contact.contact and t.state = 'pending';
    update incident.message as m
    set state = 'superseded', state_at = now(), reason = 'contact removed', leased_by = null, leased_until = null
    where m.contact = remove_contact.contact and m.state = 'pending';
    delete from incident.rotation_override as o
    where remove_contact.contact in (o.contact, o.rotation);
    delete from incident.rotation as r
    where r.rotation = remove_contact.contact;
    delete from incident.contact as c
    where c.contact = remove_contact.contact;
end
$$;

comment on function incident.remove_contact(text) is
'Nobody is told by this name, contact or rotation, any more. What was told stays on record. Errors: P0002 when there is none, 2BP01 while '
'an escalation or a rotation names it.';

revoke all on function incident.remove_contact(text) from public;
grant execute on function incident.remove_contact(text) to incident_admin;
