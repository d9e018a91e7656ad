create or replace function incident_engine.defer_spans(spans incident_engine.touch[], sqlstate text, message text)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
begin atomic
    insert into incident_engine.error (host_name, sqlstate, message, touched)
    select s.host_name, defer_spans.sqlstate, defer_spans.message, jsonb_agg(s)
    from (
        select t.host_name, t.device_name, t.capture_folder, min(t.from_time) as from_time, max(t.to_time) as to_time
        from unnest(spans) as t
        group by t.host_name, t.device_name, t.capture_folder
    ) as s
    group by s.host_name
    order by s.host_name;
end;

comment on function incident_engine.defer_spans(incident_engine.touch[], text, text) is
'Leaves spans to whoever folds their host next, or to the sweep: nothing went wrong, but it could not be done here and now. sqlstate: '
'55P03 or 40P01 when somebody held the host or an incident, 40001 when the transaction does not see what others commit.';

revoke all on function incident_engine.defer_spans(incident_engine.touch[], text, text) from public;
