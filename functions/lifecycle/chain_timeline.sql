create or replace function incident_engine.chain_timeline()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
-- A plan made while the timeline was empty must not read all of it for every entry later.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    previous record;
begin
    -- Not for the writer to say.
    new.recorded_at := now();
    new.recorded_by := session_user::text;

    -- One writer of an incident's timeline at a time, whoever it is. What it waited for may have a later number by now.
    perform
    from public.system_incident as i
    where i.incident_id = new.incident_id and i.host_name = new.host_name
    for no key update;
    select t.entry_id, t.hash
    into previous
    from incident.timeline as t
    where t.host_name = new.host_name and t.incident_id = new.incident_id
    order by t.entry_id desc
    limit 1;
    if previous.entry_id > new.entry_id then
        new.entry_id := nextval('incident.timeline_entry_id_seq');
    end if;
    new.previous_hash := previous.hash;
    new.hash := incident_engine.timeline_hash(new);
    return new;
end
$$;

comment on function incident_engine.chain_timeline() is
'Row trigger on the timeline: records when and by which login, and chains each entry to the previous one of its incident by a '
'hash, in the order in which they are written.';

revoke all on function incident_engine.chain_timeline() from public;

create or replace trigger chain_new_entries
before insert on incident.timeline
for each row execute function incident_engine.chain_timeline();
