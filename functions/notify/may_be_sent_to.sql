create or replace function incident_engine.may_be_sent_to(receiver incident.contact)
returns boolean
language sql
stable
begin atomic
    select
        coalesce(
            -- One at a time; and while one waits to be tried again, a new one a minute finds out whether the service is back.
            not bool_or(m.leased_until > now())
            and max(m.made_at) + greatest(
                (receiver).group_interval, case when bool_or(m.state = 'pending') then interval '1 minute' end
            ) <= now()
            and count(*) filter (where m.made_at > now() - interval '1 hour') < (receiver).messages_per_hour,
            true
        )
    from incident.message as m
    where m.contact = (receiver).contact and (m.made_at > now() - interval '1 hour' or m.state = 'pending');
end;

comment on function incident_engine.may_be_sent_to(incident.contact) is
'Whether a contact may have another message now: none is on its way, the last one is longer ago than its group_interval, and its limit an '
'hour is not reached.';

revoke all on function incident_engine.may_be_sent_to(incident.contact) from public;
