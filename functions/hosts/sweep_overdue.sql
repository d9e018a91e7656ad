create or replace function incident_engine.sweep_overdue()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    select
        case
            when not exists (select from incident.host) then null
            when s.swept_to = '-infinity' then 'nobody has looked for silence yet'
            when s.swept_to < now() - incident_engine.sweep_patience()
                then format(
                        'nobody has looked for silence for %s min', floor(extract(epoch from now() - s.swept_to) / 60)
                    )
        end
    from incident_engine.sweep_state as s;
end;

comment on function incident_engine.sweep_overdue() is
'That the sweep does not run, in words; null while it runs, and as long as there is no host. Whoever shows the present shows this where '
'it is not null: that nothing is broken is not known then.';

revoke all on function incident_engine.sweep_overdue() from public;
grant execute on function incident_engine.sweep_overdue() to incident_viewer;
