create or replace function incident.timeline_head(of_incident bigint default null)
returns table (host_name text, incident_id bigint, entries bigint, entry_id bigint, hash text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        t.host_name,
        t.incident_id,
        count(*) as entries,
        max(t.entry_id) as entry_id,
        encode((array_agg(t.hash order by t.entry_id desc))[1], 'hex') as hash
    from incident.timeline as t
    where of_incident is null or t.incident_id = of_incident
    group by t.host_name, t.incident_id
    order by t.incident_id;
end;

comment on function incident.timeline_head(bigint) is
'The last entry of each incident''s timeline and its hash. Kept outside of the database it proves later what the chain alone '
'cannot: that no last entries were removed and that the chain was not written anew. incident.verify_timeline() takes it as '
'noted. of_incident: one incident, by default all.';

revoke all on function incident.timeline_head(bigint) from public;
grant execute on function incident.timeline_head(bigint) to incident_viewer;
