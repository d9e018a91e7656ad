create or replace function incident_engine.notice_unseen(assignee text)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen constant text[] := array(
        select c.contact from incident.contact as c
        union
        select unnest(r.members) from incident.rotation as r
        union
        select r.rolname from pg_roles as r
        where r.rolcanlogin and pg_has_role(r.oid, 'incident_operator', 'member') and not r.rolsuper
        union
        select p.name
        from (
            select *
            from public.system_incident
            order by detected_at desc
            limit 10000
        ) as i
        cross join lateral (
            values (i.assignee), (i.acknowledged_by), (i.resolved_by), (i.closed_by), (i.dismissed_by)
        ) as p (name)
        where p.name not in ('engine', 'adopted')
        union
        select session_user::text
    );
    nearest text;
begin
    if assignee = any (seen) then
        return;
    end if;
    nearest := (
        select s.name
        from unnest(seen) as s (name)
        where incident_engine.likeness(s.name, assignee) > 0
        order by incident_engine.likeness(s.name, assignee) desc, s.name
        limit 1
    );
    raise notice 'nobody has been seen of the name %', assignee
        using hint = coalesce('Did you mean ' || nearest || '? ', '') || 'It is assigned all the same.';
end
$$;

comment on function incident_engine.notice_unseen(text) is
'Says so when an assignee is neither a contact nor a login that may work incidents nor anybody who did of late, and whose name '
'is the nearest: such a name is accepted, and is a typing error more often.';

revoke all on function incident_engine.notice_unseen(text) from public;
