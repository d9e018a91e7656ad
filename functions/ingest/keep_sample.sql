create or replace function incident_engine.keep_sample()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Anybody may set the setting; it counts for the owner alone, as whom upkeep runs.
    if
        coalesce(current_setting('incident_engine.writer', true), '') = 'upkeep'
        and (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid)
    then
        return old;
    end if;
    if old.timestamp > now() - interval '1 day' then
        raise exception using
            errcode = 'feature_not_supported',
            message = format('delete on %s is refused: samples are immutable', tg_table_name),
            detail = 'Incidents and availability are computed from the samples; a change here would not reach them.',
            hint = 'Retention alone removes samples. What was stored wrongly: incident.void_samples().';
    end if;
    if coalesce(current_setting('incident_engine.keeping', true), '') <> 'said' then
        perform set_config('incident_engine.keeping', 'said', true);
        raise notice 'old samples are not deleted by hand: retention removes them, with what depends on them in order'
            using hint = 'select incident.set_retention(''90 days'', note => ''instead of our clean-up''); then the clean-up can go.';
    end if;
    return null;
end
$$;

comment on function incident_engine.keep_sample() is
'Row trigger: a clean-up of old rows by hand deletes none and is told of retention; rows of the last day are refused. Errors: 0A000.';

revoke all on function incident_engine.keep_sample() from public;

create or replace trigger samples_are_kept
before delete on public.system_device_metrics
for each row execute function incident_engine.keep_sample();

create or replace trigger samples_are_kept
before delete on public.system_metrics
for each row execute function incident_engine.keep_sample();
