create or replace function incident_engine.end_incident_changes(incident_ids bigint[])
returns setof incident.board_line
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('incident_engine.writer', '', true);
    return query
        select l.*
        from public.system_incident as i
        cross join lateral incident_engine.board_line(i, now()) as l
        where i.incident_id = any (incident_ids)
        order by i.incident_id;
end
$$;

comment on function incident_engine.end_incident_changes(bigint[]) is
'Last step of everything an operator does to incidents: later writes of the transaction are nobody''s but their own. Returns a line '
'for each as it is now.';

revoke all on function incident_engine.end_incident_changes(bigint[]) from public;
