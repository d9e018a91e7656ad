create or replace function incident_engine.record_told(message_id bigint default null)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    entries integer;
begin
    -- An entry needs the incident's row; where a person holds it, the next round writes the entry.
    with told as (
        select t.host_name, t.incident_id, t.number, t.kind, t.contact, t.state, t.state_at, t.reason, t.message_id
        from incident.notification as t
        join public.system_incident as i using (host_name, incident_id)
        where
            t.state in ('sent', 'failed')
            and not t.in_timeline
            and (record_told.message_id is null or t.message_id = record_told.message_id)
        order by t.host_name, t.incident_id, t.number
        limit 100000
        for no key update of i skip locked
    ),

    recorded as (
        update incident.notification as t
        set in_timeline = true
        from told as o
        where t.host_name = o.host_name and t.incident_id = o.incident_id and t.number = o.number
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, to_value, note, operator)
    select o.host_name, o.incident_id, max(o.state_at),
        case when o.state = 'sent' then 'told' else 'telling_failed' end,
        case when m.recipient <> o.contact then m.recipient || ' (' || o.contact || ')' else o.contact end,
        concat_ws(
            ', ', string_agg(replace(o.kind, '_', ' '), ', ' order by o.number), 'message ' || o.message_id, max(o.reason)
        ),
        'engine'
    from told as o
    join incident.message as m using (message_id)
    group by o.host_name, o.incident_id, o.message_id, o.state, o.contact, m.recipient
    order by o.host_name, o.incident_id, max(o.number);
    get diagnostics entries = row_count;
    return entries;
end
$$;

comment on function incident_engine.record_told(bigint) is
'Writes into the timelines of incidents who was told, or could not be: of one message, or (null) all that is missing there. Returns how '
'many entries.';

revoke all on function incident_engine.record_told(bigint) from public;
