create or replace function incident_engine.hear_sites()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if not incident_engine.follows_sites() then
        return null; -- even the insert of no row would set off what an insert sets off
    end if;
    insert into public.system_metrics (
        host_name, timestamp, cpu_percent, memory_percent, memory_used_gb, memory_total_gb, disk_percent, disk_used_gb,
        disk_total_gb, uptime_seconds
    )
    select 'site ' || s.name, s.swept_to, null, null, null, null, null, null, null, null
    from incident.site as s
    where s.site <> incident_engine.own_site() and s.swept_to > '-infinity'
    order by s.name
    on conflict do nothing;
    return null;
end
$$;

comment on function incident_engine.hear_sites() is
'Row trigger on sweep_state, at the start of a round: at a central database each site is a host ("site munich") that reports as often as '
'its sweep has looked further. So its silence is found, told and worked on like that of any host, by the policy for it.';

revoke all on function incident_engine.hear_sites() from public;

create or replace trigger hear_sites
after update on incident_engine.sweep_state
for each row
when (new.finished_at is null)
execute function incident_engine.hear_sites();
