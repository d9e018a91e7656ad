create or replace function incident_engine.leave_held(
    changed incident_engine.touch[],
    spans incident_engine.component_span[],
    changes incident_engine.verdict[]
)
returns incident_engine.verdict[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    known constant bigint[] := array(select c.incident_id from unnest(changes) as c where c.incident_id is not null);
    held bigint[];
    subjects integer[];
begin
    if known = '{}' then
        return changes;
    end if;
    held := incident_engine.held_incidents(array(select distinct s.host_name from unnest(spans) as s), known);
    if held = '{}' then
        return changes;
    end if;

    -- The component as a whole: what comes after an incident that cannot be ended cannot begin.
    subjects := array(select c.subject from unnest(changes) as c where c.incident_id = any (held));
    perform incident_engine.defer_spans(
        array_agg(
            case s.component
                when 'system' then (t.host_name, '', '', t.from_time, t.to_time)::incident_engine.touch
                else t
            end
        ),
        '55P03',
        'somebody works on an incident in a transaction left open'
    )
    from unnest(spans) with ordinality as s (
        host_name, device_name, capture_folder, component, from_time, to_time, policy, subject
    )
    join unnest(changed) as t using (host_name, device_name, capture_folder)
    where s.subject = any (subjects);
    return array(select c from unnest(changes) as c where c.subject <> all (subjects));
end
$$;

comment on function incident_engine.leave_held(
    incident_engine.touch[], incident_engine.component_span[], incident_engine.verdict[]
) is
'Nobody waits for a person: leaves out the components of which somebody holds an incident in a transaction left open, and defers '
'their spans.';

revoke all on function incident_engine.leave_held(
    incident_engine.touch[], incident_engine.component_span[], incident_engine.verdict[]
) from public;
