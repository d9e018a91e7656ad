create or replace function incident_engine.refuse_sample_change()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Anybody may set the setting; it counts for the owner alone, as whom upkeep runs.
    if
        tg_op in ('INSERT', 'DELETE')
        and coalesce(current_setting('incident_engine.writer', true), '') = 'upkeep'
        and (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid)
    then
        return null;
    end if;
    -- Row by row, by keep_sample: a clean-up that finds nothing to do, or only what is old, must not stop a site's other jobs.
    if tg_op = 'DELETE' and tg_table_name in ('system_metrics', 'system_device_metrics') then
        perform set_config('incident_engine.keeping', '', true);
        return null;
    end if;
    raise exception using
        errcode = 'feature_not_supported',
        message = case tg_op
            when 'INSERT' then format('rows go into system_device_metrics, not into its partition %s', tg_table_name)
            else format('%s on %s is refused: samples are immutable', lower(tg_op), tg_table_name)
        end,
        detail = 'Incidents and availability are computed from the samples; a change here would not reach them.',
        hint = case tg_op
            when 'INSERT' then 'Insert into public.system_device_metrics.'
            when 'UPDATE' then 'Insert with ON CONFLICT DO NOTHING: the first row for a device and time stands.'
            else 'Retention alone removes samples, whole days at a time.'
        end;
end
$$;

comment on function incident_engine.refuse_sample_change() is
'Statement trigger: samples are inserted through system_device_metrics and never changed. Errors: 0A000.';

revoke all on function incident_engine.refuse_sample_change() from public;

create or replace trigger samples_are_immutable
before update or delete or truncate on public.system_device_metrics
for each statement execute function incident_engine.refuse_sample_change();

create or replace trigger samples_are_immutable
before update or delete or truncate on public.system_metrics
for each statement execute function incident_engine.refuse_sample_change();

create or replace trigger samples_are_immutable
before insert or update or delete or truncate on public.system_device_metrics_default
for each statement execute function incident_engine.refuse_sample_change();
