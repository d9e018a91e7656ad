create or replace function incident_engine.chain_timeline()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    previous record;
begin
    -- Not for the writer to say.
    new.recorded_at := now();
    new.recorded_by := session_user::text;

    -- Whoever writes holds the incident's row lock, so this is the last entry, those of the same statement included.
    select t.entry_id, t.hash
    into previous
    from incident.timeline as t
    where t.host_name = new.host_name and t.incident_id = new.incident_id
    order by t.entry_id desc
    limit 1;
    if previous.entry_id > new.entry_id then
        raise exception using
            errcode = 'serialization_failure',
            message = format('another transaction has just written to the timeline of incident %s', new.incident_id),
            detail = format('Entry %s is there already, this one would be %s.', previous.entry_id, new.entry_id),
            hint = 'Run the transaction again.';
    end if;
    new.previous_hash := previous.hash;
    new.hash := incident_engine.timeline_hash(new);
    return new;
end
$$;

comment on function incident_engine.chain_timeline() is
'Row trigger on the timeline: records when and by which login, and chains each entry to the previous one of its incident by a '
'hash. Errors: 40001 for an entry numbered before one that is there.';

revoke all on function incident_engine.chain_timeline() from public;

create or replace trigger chain_new_entries
before insert on incident.timeline
for each row execute function incident_engine.chain_timeline();
