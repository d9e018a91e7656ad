create or replace function incident_engine.shared_names()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    select string_agg(format('%s is reported by %s', n.host_name, n.machines), '; ' order by n.host_name)
    from (
        select m.host_name, string_agg(distinct m.server_name, ' and ' order by m.server_name) as machines
        from public.system_metrics as m
        where m.timestamp > now() - interval '1 hour' and m.server_name is not null
        group by m.host_name
        having count(distinct m.server_name) > 1
    ) as n;
end;

comment on function incident_engine.shared_names() is
'Which hosts more than one machine (server_name) reported as within the last hour, in words; null when none. They are taken for one, and '
'whatever they say gets mixed: one of them needs a name of its own.';

revoke all on function incident_engine.shared_names() from public;
grant execute on function incident_engine.shared_names() to incident_viewer;
