create or replace function incident_engine.announce(as_of timestamptz, host_names text[] default null)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
as $$
declare
    own_site constant integer := incident_engine.own_site();
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    changes incident_engine.incident_change[];
begin
    -- One that somebody is writing to at this moment is left for the next round: nobody waits for a person.
    changes := (
        select array_agg((i.incident, 'opened')::incident_engine.incident_change)
        from (
            select i as incident
            from public.system_incident as i
            where
                i.status in ('open', 'in_progress')
                and incident_engine.site_of(i.host_name) = own_site
                and (host_names is null or i.host_name = any (host_names))
                and (
                    i.announced_at is null
                    or exists (
                        select from incident.notification as t
                        where t.host_name = i.host_name and t.incident_id = i.incident_id and t.waits_for_silence_to_end
                    )
                )
                and (select s.silence from incident_engine.silenced_by(i, as_of) as s) is null
            for no key update skip locked
        ) as i
    );
    if changes is null then
        return 0;
    end if;

    perform set_config('incident_engine.writer', 'engine', true);
    update public.system_incident as i
    set announced_at = greatest(i.created_at, incident_engine.silenced_until(i, as_of)),
        updated_by = 'engine',
        update_note = null
    from unnest(changes) as c
    where i.host_name = (c.incident).host_name and i.incident_id = (c.incident).incident_id and i.announced_at is null;
    perform set_config('incident_engine.writer', writer_before, true);

    perform incident_engine.tell_after_silence(changes, as_of);
    return cardinality(changes);
end
$$;

comment on function incident_engine.announce(timestamptz, text[]) is
'Announces the active incidents that may be told since what silenced them (maintenance, the incident of their host, a person) is over '
'by as_of, and has them told. host_names: null for all. Returns how many.';

revoke all on function incident_engine.announce(timestamptz, text[]) from public;
