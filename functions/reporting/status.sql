create or replace function incident.status(as_of timestamptz default now(), time_zone text default 'UTC')
returns table (topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with told as (
        select b.* from incident_engine.status_broken(as_of, time_zone) as b
        union all
        select a.* from incident_engine.status_availability(as_of) as a
        union all
        select p.* from incident_engine.status_promise(as_of, time_zone) as p
        union all
        select r.* from incident_engine.status_response(as_of) as r
        union all
        select f.* from incident_engine.status_failures(as_of) as f
    )

    -- Names come from the hosts; control characters in them must not reach a terminal.
    select l.topic, regexp_replace(l.answer, '[[:cntrl:]]', '?', 'g') as answer
    from told as l
    order by l.place, l.line;
end;

comment on function incident.status(timestamptz, text) is
'The five answers on one screen, for whoever is woken up: what is broken now, or was at as_of, and who is on it, availability, SLA, '
'MTTA, MTTR and MTBF of the fleet; the month and the times are those of time_zone. Says so when nobody has looked lately. `make status` '
'prints it. At most 20 lines. The functions behind it answer in full.';

revoke all on function incident.status(timestamptz, text) from public;
grant execute on function incident.status(timestamptz, text) to incident_viewer;
