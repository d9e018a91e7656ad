create or replace function incident_engine.warn_when_overdue()
returns boolean
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    overdue constant text := incident_engine.sweep_overdue();
begin
    if overdue is not null then
        raise warning '%', overdue
            using hint = 'select incident.sweep(); select * from incident.health; says what drives it.';
    end if;
    return true;
end
$$;

comment on function incident_engine.warn_when_overdue() is
'True; warns when the sweep is overdue, so that nobody takes an empty list of what is broken for good news.';

revoke all on function incident_engine.warn_when_overdue() from public;
grant execute on function incident_engine.warn_when_overdue() to incident_viewer;
