create or replace function incident_engine.move_incidents(
    old_key incident_engine.touch, new_key incident_engine.touch, is_rename boolean, operator text, note text
)
returns jsonb
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    moved constant bigint[] := array(
        select i.incident_id
        from public.system_incident as i
        where
            (i.host_name, i.device_name, i.capture_folder)
            = (old_key.host_name, old_key.device_name, old_key.capture_folder)
        order by i.incident_id
    );
    heads jsonb := jsonb_build_object();
begin
    perform set_config('incident_engine.writer', 'move', true);
    -- Of two active ones, under the old name and the new, the fold makes one: until then the older is over where the new began.
    update public.system_incident as i
    set status = 'resolved', resolved_at = greatest(n.detected_at, i.detected_at)
    from public.system_incident as n
    where
        i.incident_id = any (moved)
        and i.status in ('open', 'in_progress')
        and (n.host_name, n.device_name, n.capture_folder)
        = (new_key.host_name, new_key.device_name, new_key.capture_folder)
        and n.component = i.component
        and n.status in ('open', 'in_progress');
    update public.system_incident as i
    set host_name = new_key.host_name,
        device_name = new_key.device_name,
        capture_folder = new_key.capture_folder,
        description = incident_engine.describe(
            i.component, i.severity, new_key.host_name, new_key.device_name, new_key.capture_folder
        ),
        part_of = case when is_rename then i.part_of end
    where i.incident_id = any (moved);
    if new_key.host_name <> old_key.host_name then
        heads := incident_engine.move_timeline(moved, old_key.host_name, new_key.host_name);
        update incident.notification as t
        set host_name = new_key.host_name
        where t.host_name = old_key.host_name and t.incident_id = any (moved);
    end if;
    perform set_config('incident_engine.writer', writer_before, true);

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select
        new_key.host_name, m.incident_id, now(), 'moved',
        concat_ws(' / ', old_key.host_name, nullif(old_key.device_name, old_key.host_name), old_key.capture_folder),
        concat_ws(' / ', new_key.host_name, nullif(new_key.device_name, new_key.host_name), new_key.capture_folder),
        concat_ws('; ', move_incidents.note, 'until then its timeline ended with ' || (heads ->> m.incident_id::text)),
        operator
    from unnest(moved) as m (incident_id)
    order by m.incident_id;
    return (
        select coalesce(jsonb_object_agg(m.incident_id, heads ->> m.incident_id::text), '{}')
        from unnest(moved) as m (incident_id)
    );
end
$$;

comment on function incident_engine.move_incidents(incident_engine.touch, incident_engine.touch, boolean, text, text) is
'Gives all incidents of a device or host another name, with their numbers, timelines and what is due to be told. Returns for each '
'the last hash that its timeline had before (null: it stays as it is). is_rename: all of the host moves.';

revoke all on function
incident_engine.move_incidents(incident_engine.touch, incident_engine.touch, boolean, text, text)
from public;
