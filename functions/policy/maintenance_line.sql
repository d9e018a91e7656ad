create or replace function incident_engine.maintenance_line(subject incident.maintenance)
returns incident.maintenance_line
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        (
            (subject).maintenance_id,
            case
                when isempty((subject).effective_period) then 'called off'
                when upper((subject).effective_period) <= now() then 'over'
                when lower((subject).period) > now() then 'planned'
                else 'under way'
            end,
            incident_engine.place((subject).host_name, (subject).device_name, (subject).capture_folder),
            to_char(lower((subject).period), 'YYYY-MM-DD HH24:MI'),
            to_char(coalesce((subject).ended_at, upper((subject).period)), 'YYYY-MM-DD HH24:MI'),
            incident_engine.shortened((subject).reason, 14)
        )::incident.maintenance_line;
end;

comment on function incident_engine.maintenance_line(incident.maintenance) is
'One line about maintenance that fits into 100 columns; the functions that plan it return it.';

revoke all on function incident_engine.maintenance_line(incident.maintenance) from public;
