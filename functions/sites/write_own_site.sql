create or replace function incident_engine.write_own_site()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update incident.site as s
    set swept_to = new.swept_to,
        version = incident.version(),
        errors_waiting = (select count(*) from incident_engine.error as e where e.repaired_at is null),
        slot_bytes = incident_engine.slot_bytes()
    where s.site = incident_engine.own_site();
    return null;
end
$$;

comment on function incident_engine.write_own_site() is
'Row trigger on sweep_state, at the end of a round: what a site that publishes says of itself. It commits with what the round found, so '
'that a central database never knows of a moment without knowing what was silent then.';

revoke all on function incident_engine.write_own_site() from public;

create or replace trigger write_own_site
after update on incident_engine.sweep_state
for each row
when (new.finished_at is not null and new.finished_at is distinct from old.finished_at)
execute function incident_engine.write_own_site();
