create or replace function incident_engine.add_comment(
    incident_ids bigint[], note text, operator text, acted_at timestamptz
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update public.system_incident as i
    set acted_at = add_comment.acted_at
    where i.incident_id = any (incident_ids);
    insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
    select i.host_name, i.incident_id, add_comment.acted_at, 'commented', add_comment.note, add_comment.operator
    from public.system_incident as i
    where i.incident_id = any (incident_ids)
    order by i.incident_id;
end
$$;

comment on function incident_engine.add_comment(bigint[], text, text, timestamptz) is
'Adds a note to the timelines of incidents that the caller has locked.';

revoke all on function incident_engine.add_comment(bigint[], text, text, timestamptz) from public;
