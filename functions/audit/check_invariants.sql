create or replace function incident.check_invariants(since timestamptz default '-infinity')
returns table (rule text, host_name text, device_name text, capture_folder text, incident_id bigint, detail text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
set jit = off
begin atomic
    select v.*
    from (
        select h.rule, h.host_name, h.device_name, h.capture_folder, null::bigint as incident_id, h.detail
        from incident_engine.history_violations() as h
        union all
        select s.rule, s.host_name, s.device_name, s.capture_folder, null, s.detail
        from incident_engine.sample_violations(check_invariants.since) as s
        union all
        select i.rule, i.host_name, i.device_name, i.capture_folder, i.incident_id, i.detail
        from incident_engine.incident_violations() as i
        union all
        select o.rule, o.host_name, o.device_name, o.capture_folder, o.incident_id, o.detail
        from incident_engine.telling_violations() as o
        union all
        select y.rule, y.host_name, y.device_name, y.capture_folder, null, y.detail
        from incident_engine.system_violations() as y
        union all
        select
            'no engine error waits for repair', e.host_name, null, null, null,
            format('since %s, tried %s times: %s (%s)', e.occurred_at, e.attempts, e.message, e.sqlstate)
        from incident_engine.error as e
        where e.repaired_at is null
    ) as v
    -- What a central database shows of other sites they look after themselves.
    where incident_engine.site_of(v.host_name) = incident_engine.own_site();
end;

comment on function incident.check_invariants(timestamptz) is
'A row for everything that is not as it must be, none on a healthy database: holes or overlaps in a device''s history, '
'history that disagrees with its samples, incidents that the history does not explain, failures without an incident, '
'hosts'' conditions that disagree with their signals and rows, durations that do not match, incidents that nobody was told of without a reason, engine errors waiting. since: samples older than this are not read; all are by default, which '
'takes a while on a large database. Mend with incident.rebuild().';

revoke all on function incident.check_invariants(timestamptz) from public;
grant execute on function incident.check_invariants(timestamptz) to incident_admin;
