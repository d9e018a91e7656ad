create or replace function incident_engine.waiting_spans()
returns incident_engine.touch[]
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select array_agg(t order by e.occurred_at, e.error_id)
    from incident_engine.error as e
    cross join lateral jsonb_populate_recordset(null::incident_engine.touch, e.touched) as t
    where e.repaired_at is null and incident_engine.is_deferral(e.sqlstate);
end;

comment on function incident_engine.waiting_spans() is
'What was left for later, and nobody has folded yet; what waits longest first.';

revoke all on function incident_engine.waiting_spans() from public;
