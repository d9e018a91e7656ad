create or replace function incident_engine.unreachable_contacts()
returns text[]
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
begin atomic
    select array(
        select distinct coalesce(m.member, s.contact)
        from incident.escalation_step as s
        left join incident.rotation as r on r.rotation = s.contact
        left join lateral unnest(r.members) as m (member) on true
        where
            not exists (
                select from incident.notifier as n
                where n.seen_at > now() - interval '2 minutes' and coalesce(m.member, s.contact) = any(n.contacts)
            )
            and exists (
                select from incident.route as o
                where o.escalation = s.escalation
            )
        order by 1
    );
end;

comment on function incident_engine.unreachable_contacts() is
'Contacts to whom a route leads, and that no notifier seen within the last 2 minutes can reach.';

revoke all on function incident_engine.unreachable_contacts() from public;
grant execute on function incident_engine.unreachable_contacts() to incident_viewer;
