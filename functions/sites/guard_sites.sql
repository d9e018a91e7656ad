create or replace function incident_engine.guard_sites()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    published record;
begin
    for published in select p.* from incident_engine.published_tables as p loop
        -- Its name has it fire before the others.
        execute format(
            'create or replace trigger a_row_of_another_site before insert or update or delete on %I.%I '
            'for each row execute function incident_engine.refuse_row_of_site()',
            published.schema_name, published.table_name
        );
    end loop;
    -- Rows of system_metrics stand for sites, see hear_sites.
    create or replace trigger hosts_report_to_their_sites before insert on public.system_device_metrics
    for each row execute function incident_engine.refuse_samples();
    create or replace trigger hosts_report_to_their_sites before insert on public.system_metrics
    for each row when (new.host_name not like 'site %') execute function incident_engine.refuse_samples();
end
$$;

comment on function incident_engine.guard_sites() is
'Makes the triggers that keep a central database from writing rows of its sites. Sites have none: they would cost every row.';

revoke all on function incident_engine.guard_sites() from public;
