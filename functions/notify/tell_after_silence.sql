create or replace function incident_engine.tell_after_silence(
    changes incident_engine.incident_change[], as_of timestamptz
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
    with held_back as (
        update incident.notification as t
        set waits_for_silence_to_end = false
        from unnest(changes) as c
        where
            t.host_name = (c.incident).host_name
            and t.incident_id = (c.incident).incident_id
            and t.waits_for_silence_to_end
        returning t.host_name, t.incident_id
    )

    select array_agg((i, case when w.was_told then 'unacknowledged' else 'opened' end)::incident_engine.incident_change)
    into changes
    from (select distinct h.host_name, h.incident_id from held_back as h) as h
    join public.system_incident as i using (host_name, incident_id)
    cross join lateral (
        select exists (
            select from incident.notification as t
            where
                t.host_name = i.host_name
                and t.incident_id = i.incident_id
                and (t.state = 'sent' or t.leased_until > now())
        ) as was_told
    ) as w;
    if changes is not null then
        perform incident_engine.tell_changes(changes, as_of);
    end if;
end
$$;

comment on function incident_engine.tell_after_silence(incident_engine.incident_change[], timestamptz) is
'Has those of these incidents told of which something was held back while they were silenced: that they opened, or, to whom was told '
'that before, that they still last.';

revoke all on function incident_engine.tell_after_silence(incident_engine.incident_change[], timestamptz) from public;
