create or replace function incident_engine.drop_samples(line timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '200ms'
set timezone = 'UTC'
as $$
declare
    -- One a round: writers wait from here to the end of the sweep.
    partition constant text := (
        select min(c.relname)
        from pg_inherits as p
        join pg_class as c on c.oid = p.inhrelid
        where
            p.inhparent = 'public.system_device_metrics'::regclass
            and c.relname ~ '^system_device_metrics_[0-9]{8}$'
            and c.relname < 'system_device_metrics_' || to_char(line, 'YYYYMMDD')
    );
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    needed incident_engine.touch[];
begin
    if partition is null then
        return 0;
    end if;
    needed := incident_engine.samples_still_needed(line);

    perform set_config('incident_engine.writer', 'upkeep', true);
    execute format('alter table public.system_device_metrics detach partition public.%I', partition);
    execute format(
        'insert into public.system_device_metrics_default
        select m.*
        from public.%I as m
        join unnest($1) as n using (host_name, device_name, capture_folder)
        where m.timestamp >= n.from_time',
        partition
    ) using needed;
    execute format('drop table public.%I', partition);
    perform set_config('incident_engine.writer', writer_before, true);
    return 1;
exception
    when lock_not_available or deadlock_detected then
        return 0;
end
$$;

comment on function incident_engine.drop_samples(timestamptz) is
'Drops the oldest day partition that lies before a moment, if the tables can be had at once; otherwise the next round does it. '
'Samples that an incident still needs stay, in the default partition. Returns how many partitions it dropped.';

revoke all on function incident_engine.drop_samples(timestamptz) from public;
