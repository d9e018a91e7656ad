create or replace function incident_engine.publish_events()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    -- A transaction that notifies cannot be prepared; where two-phase commit is on, that goes first.
    if current_setting('max_prepared_transactions')::integer > 0 then
        return null;
    end if;
    if (select count(*) from (select from new_entries limit 1001) as e) > 1000 then
        perform pg_notify('incident_event', '{"event": "many"}');
    else
        perform pg_notify(
            'incident_event', jsonb_build_object('incident_id', e.incident_id, 'event', e.event, 'host_name', e.host_name)::text
        )
        from new_entries as e;
    end if;
    return null;
end
$$;

comment on function incident_engine.publish_events() is
'Statement trigger on the timeline: NOTIFY incident_event for each entry, with the incident and what happened as JSON, a hint for who '
'listens; the timeline and the outbox are the truth. Over 1,000 entries at once are one event, many. None where '
'max_prepared_transactions is set, since a transaction that notifies cannot be prepared.';

revoke all on function incident_engine.publish_events() from public;

create or replace trigger publish_new_entries
after insert on incident.timeline
referencing new table as new_entries
for each statement execute function incident_engine.publish_events();
