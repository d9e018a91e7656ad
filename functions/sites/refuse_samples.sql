create or replace function incident_engine.refuse_samples()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception using
        errcode = 'IN003',
        message = format('host %s reports to a central database', new.host_name),
        detail = 'A central database shows what its sites say; hosts report to their sites.',
        hint = 'Name the database of its site in the DATABASE_URL of its agent.';
end
$$;

comment on function incident_engine.refuse_samples() is
'Row trigger at a central database, made by guard_sites: no host reports to it. Errors: IN003.';

revoke all on function incident_engine.refuse_samples() from public;
