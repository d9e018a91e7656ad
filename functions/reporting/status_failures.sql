create or replace function incident_engine.status_failures(as_of timestamptz)
returns table (place integer, line integer, topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        5 as place, 0 as line, 'MTBF' as topic,
        case m.failures
            when 0
                then format(
                        'no failure in %s, up for %s in all', t.lately, incident_engine.readable_duration(m.up_seconds)
                    )
            else format(
                    '%s up between failures of a device; %s failures in %s, %s lasting',
                    incident_engine.readable_duration(m.mtbf_seconds), m.failures, t.lately, m.still_failing
                )
        end as answer
    from incident.mtbf(as_of - interval '30 days', as_of, 'fleet', as_of) as m
    cross join (select incident_engine.lately('30 d', as_of) as lately) as t;
end;

comment on function incident_engine.status_failures(timestamptz) is
'Line of incident.status: how long it runs between failures.';

revoke all on function incident_engine.status_failures(timestamptz) from public;
grant execute on function incident_engine.status_failures(timestamptz) to incident_viewer;
