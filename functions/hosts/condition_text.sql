create or replace function incident_engine.condition_text(cause text, value numeric, limit_value numeric)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        case cause
            when 'clock'
                then format(
                        'clock %s min %s', floor(abs(value) / 60), case when value > 0 then 'ahead' else 'behind' end
                    )
            when 'temperature' then format('temperature %s °C (limit %s)', trim_scale(value), trim_scale(limit_value))
            else format('%s %s %% (limit %s)', cause, trim_scale(value), trim_scale(limit_value))
        end;
end;

comment on function incident_engine.condition_text(text, numeric, numeric) is
'What is wrong with a host, in words: "disk 95 % (limit 90)", "clock 40 min ahead".';

revoke all on function incident_engine.condition_text(text, numeric, numeric) from public;
grant execute on function incident_engine.condition_text(text, numeric, numeric) to incident_viewer;
