create or replace function incident_engine.announce(as_of timestamptz, host_names text[] default null)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    announced integer;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    -- One that somebody is writing to at this moment is left for the next round: nobody waits for a person.
    with due as (
        select i.host_name, i.incident_id
        from public.system_incident as i
        where
            i.announced_at is null
            and i.status in ('open', 'in_progress')
            and (host_names is null or i.host_name = any (host_names))
            and incident_engine.silenced_by(i, as_of) is null
        for no key update skip locked
    )

    update public.system_incident as i
    set announced_at = greatest(i.created_at, incident_engine.silenced_until(i, as_of)),
        updated_by = 'engine',
        update_note = null
    from due as d
    where i.host_name = d.host_name and i.incident_id = d.incident_id;
    get diagnostics announced = row_count;
    perform set_config('incident_engine.writer', writer_before, true);
    return announced;
end
$$;

comment on function incident_engine.announce(timestamptz, text[]) is
'Announces the active incidents that may be told since the maintenance they were in, or the incident of their host that they were part '
'of, is over; at most up to as_of. host_names: null for all. Returns how many.';

revoke all on function incident_engine.announce(timestamptz, text[]) from public;
