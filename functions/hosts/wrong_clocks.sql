create or replace function incident_engine.wrong_clocks()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    select
        string_agg(
            format('%s: %s', c.host_name, incident_engine.condition_text(c.cause, c.value, c.limit_value)),
            '; ' order by c.host_name
        )
    from incident.host_condition as c
    where c.cause = 'clock' and c.ended_at = 'infinity';
end;

comment on function incident_engine.wrong_clocks() is
'Whose clocks are ahead or behind, in words; null when none is.';

revoke all on function incident_engine.wrong_clocks() from public;
grant execute on function incident_engine.wrong_clocks() to incident_viewer;
