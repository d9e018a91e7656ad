create or replace function incident_engine.ensure_partition(day date)
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO'
as $$
declare
    partition constant text := format('system_device_metrics_%s', to_char(day, 'YYYYMMDD'));
    from_time constant timestamptz := day::timestamp at time zone 'UTC';
    to_time constant timestamptz := (day + 1)::timestamp at time zone 'UTC';
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
begin
    if to_regclass(format('public.%I', partition)) is not null then
        return false;
    end if;

    execute format(
        'create table public.%I (like public.system_device_metrics including defaults including constraints)', partition
    );
    execute format(
        'alter table public.%I add constraint day_of_the_partition check (timestamp >= %L and timestamp < %L)',
        partition, from_time, to_time
    );

    -- Nobody but the owner gets in past the table, whatever default privileges grant.
    execute format('revoke all on public.%I from public', partition);
    execute format('alter table public.%I enable row level security', partition);
    execute format(
        'create policy backups_see_every_row on public.%I for select to pg_read_all_data using (true)', partition
    );

    -- Rows of that day that came before the partition did are in the default partition.
    perform set_config('incident_engine.writer', 'upkeep', true);
    if exists (
        select from public.system_device_metrics_default as m where m.timestamp >= from_time and m.timestamp < to_time
    ) then
        lock table public.system_device_metrics in share row exclusive mode;
        execute format(
            'with moved as (
                delete from public.system_device_metrics_default
                where timestamp >= %L and timestamp < %L
                returning *
            )
            insert into public.%I select * from moved',
            from_time, to_time, partition
        );
    end if;
    perform set_config('incident_engine.writer', writer_before, true);

    execute format(
        'alter table public.system_device_metrics attach partition public.%I for values from (%L) to (%L)',
        partition, from_time, to_time
    );
    execute format('alter table public.%I drop constraint day_of_the_partition', partition);
    execute format(
        'create trigger samples_are_immutable
        before insert or update or delete or truncate on public.%I
        for each statement execute function incident_engine.refuse_sample_change()',
        partition
    );
    return true;
end
$$;

comment on function incident_engine.ensure_partition(date) is
'Makes the partition of system_device_metrics for a day (UTC) if there is none, and moves rows of that day out of the default '
'partition. Returns whether it made one.';

revoke all on function incident_engine.ensure_partition(date) from public;
