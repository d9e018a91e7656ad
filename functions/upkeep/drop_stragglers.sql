create or replace function incident_engine.drop_stragglers(line timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    -- Only so many a round, so that no round takes long.
    rows_at_once constant integer := 20000;
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    needed incident_engine.touch[];
    dropped integer;
begin
    if not exists (select from public.system_device_metrics_default as m where m.timestamp < line) then
        return 0;
    end if;
    needed := incident_engine.samples_still_needed(line);
    perform set_config('incident_engine.writer', 'upkeep', true);
    delete from public.system_device_metrics_default as d
    where d.ctid = any (array(
        select m.ctid
        from public.system_device_metrics_default as m
        left join unnest(needed) as n using (host_name, device_name, capture_folder)
        where m.timestamp < line and coalesce(m.timestamp < n.from_time, true)
        limit rows_at_once
    ));
    get diagnostics dropped = row_count;
    perform set_config('incident_engine.writer', writer_before, true);
    return dropped;
end
$$;

comment on function incident_engine.drop_stragglers(timestamptz) is
'Removes samples before a moment that are in the default partition, since they came for days that had no partition or were gone: all but '
'those that an incident still needs. Returns how many.';

revoke all on function incident_engine.drop_stragglers(timestamptz) from public;
