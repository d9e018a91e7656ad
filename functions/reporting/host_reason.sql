create or replace function incident_engine.host_reason(host_name text, as_of timestamptz)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        string_agg(
            case c.cause
                when 'silent' then 'silent'
                else incident_engine.condition_text(c.cause, c.value, c.limit_value)
            end
            || ' for ' || incident_engine.readable_duration(greatest(extract(epoch from as_of - c.started_at), 0)),
            '; '
            order by c.started_at desc, c.cause asc
        )
    from incident.host_condition as c
    where c.host_name = host_reason.host_name and c.started_at <= as_of and c.ended_at > as_of;
end;

comment on function incident_engine.host_reason(text, timestamptz) is
'What is wrong with a host at a time, what began last first, and for how long each: "silent for 10 min; disk 95 % (limit 90) for 3 h 20 '
'min". Null when nothing is.';

revoke all on function incident_engine.host_reason(text, timestamptz) from public;
grant execute on function incident_engine.host_reason(text, timestamptz) to incident_viewer;
