create or replace function incident_engine.require_contact(contact text, may_be_a_rotation boolean default true)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    known text[];
begin
    perform incident_engine.require_text(contact, 'contact');
    if not exists (select from incident.contact as c where c.contact = require_contact.contact) then
        known := array(select c.contact from incident.contact as c order by c.contact limit 20);
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no contact %L', contact),
            detail = 'Contacts: ' || array_to_string(known, ', ') || '.',
            hint = format('Make it with select incident.set_contact(%L), and tell the notifier how it is reached.', contact);
    end if;
    if not may_be_a_rotation
        and exists (select from incident.rotation as r where r.rotation = require_contact.contact)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%L is a rotation', contact),
            hint = 'Name the person or service that is to be told.';
    end if;
end
$$;

comment on function incident_engine.require_contact(text, boolean) is
'Errors: P0002 when there is no contact of this name, 22023 when it is a rotation where none may stand, 22004 for a null.';

revoke all on function incident_engine.require_contact(text, boolean) from public;
