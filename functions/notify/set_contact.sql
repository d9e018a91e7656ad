create or replace function incident.set_contact(
    contact text,
    description text default null,
    messages_per_hour integer default null,
    group_interval interval default null,
    operator text default incident.current_operator()
)
returns incident.contact
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    written incident.contact;
begin
    perform incident_engine.require_text(contact, 'contact');
    perform incident_engine.require_operator(operator);
    if contact !~ '^[[:alnum:]][[:alnum:]._-]{0,62}$' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%L cannot be the name of a contact', contact),
            detail = 'A name is up to 63 letters, digits, dots, hyphens and underscores, and begins with a letter or digit.',
            hint = 'Addresses and passwords do not belong into the database: they stand in the configuration of the notifier.';
    end if;
    if messages_per_hour < 1 or group_interval not between '0' and '1 hour' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = case
                when messages_per_hour < 1 then format('messages_per_hour must be 1 or more, but is %s', messages_per_hour)
                else format('group_interval must be from 0 to 1 hour, but is %s', group_interval)
            end,
            hint = 'A route without an escalation tells nobody: incident.add_route().';
    end if;
    insert into incident.contact as c (contact, description, messages_per_hour, group_interval, changed_by)
    values (
        set_contact.contact,
        set_contact.description,
        coalesce(set_contact.messages_per_hour, 60),
        coalesce(set_contact.group_interval, '10 seconds'),
        operator
    )
    on conflict on constraint contact_pkey do update
    set description = coalesce(set_contact.description, c.description),
        messages_per_hour = coalesce(set_contact.messages_per_hour, c.messages_per_hour),
        group_interval = coalesce(set_contact.group_interval, c.group_interval),
        changed_by = operator,
        changed_at = now()
    returning c.* into written;
    return written;
end
$$;

comment on function incident.set_contact(text, text, integer, interval, text) is
'Somebody who can be told: makes the contact, or changes what is named. How it is reached stands in the configuration of the notifier '
'under this name. messages_per_hour (60): what is due beyond that waits and goes out as one. group_interval (10 s): what is due within '
'that time after a message goes out as one. operator: who, by default the login. Errors: 22004, 22023.';

revoke all on function incident.set_contact(text, text, integer, interval, text) from public;
grant execute on function incident.set_contact(text, text, integer, interval, text) to incident_admin;
