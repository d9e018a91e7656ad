create or replace function incident_engine.move_timeline(incident_ids bigint[], from_host text, to_host text)
returns jsonb
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    heads jsonb := jsonb_build_object();
    entry incident.timeline;
    of_incident bigint;
    previous bytea;
begin
    for entry in
        select t.*
        from incident.timeline as t
        where t.host_name = from_host and t.incident_id = any (incident_ids)
        order by t.incident_id, t.entry_id
    loop
        heads := heads || jsonb_build_object(entry.incident_id, encode(entry.hash, 'hex'));
        entry.host_name := to_host;
        entry.previous_hash := case when entry.incident_id = of_incident then previous end;
        entry.hash := incident_engine.timeline_hash(entry);
        update incident.timeline as t
        set host_name = entry.host_name, previous_hash = entry.previous_hash, hash = entry.hash
        where t.host_name = from_host and t.incident_id = entry.incident_id and t.entry_id = entry.entry_id;
        of_incident := entry.incident_id;
        previous := entry.hash;
    end loop;
    return heads;
end
$$;

comment on function incident_engine.move_timeline(bigint[], text, text) is
'Chains the timelines of incidents anew under another host''s name, which every hash holds. Returns the last hash that each had '
'before, for the record.';

revoke all on function incident_engine.move_timeline(bigint[], text, text) from public;
