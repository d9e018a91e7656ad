create or replace function incident_engine.period_of(period text, time_zone text, as_of timestamptz)
returns tstzrange
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    session_zone constant text := current_setting('TimeZone');
    words text[];
    unit text;
    local_start timestamp;
    named tstzrange;
begin
    perform incident_engine.check_time_zone(time_zone);
    words := regexp_match(
        case lower(btrim(period)) when 'today' then 'this day' when 'yesterday' then 'last day' else lower(btrim(period)) end,
        '^(this|last) +(day|week|month|quarter|year)$'
    );
    if words is not null then
        unit := words[2];
        local_start := date_trunc(unit, as_of at time zone time_zone)
        - case words[1] when 'last' then incident_engine.calendar_unit(unit) else interval '0' end;
    elsif btrim(period) ~ '^\d{4}(-\d\d(-\d\d)?)?$' then
        unit := case length(btrim(period)) when 4 then 'year' when 7 then 'month' else 'day' end;
        begin
            local_start := (btrim(period) || substr('0000-01-01', length(btrim(period)) + 1))::timestamp;
        exception
            when invalid_datetime_format or datetime_field_overflow then
                local_start := null;
        end;
    elsif period is not null then
        begin
            -- Times without a zone are of the one asked for, whatever that of the session is.
            perform set_config('TimeZone', time_zone, true);
            named := period::tstzrange;
        exception
            when invalid_text_representation or data_exception then
                named := null;
        end;
        perform set_config('TimeZone', session_zone, true);
    end if;

    if local_start is not null then
        named := tstzrange(
            incident_engine.start_of_local(local_start, time_zone),
            incident_engine.start_of_local(local_start + incident_engine.calendar_unit(unit), time_zone)
        );
    end if;
    if named is null or isempty(named) or lower_inf(named) or upper_inf(named) or not lower_inc(named) or upper_inc(named)
        or not isfinite(lower(named)) or not isfinite(upper(named))
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'the period of a report includes its start and not its end, but this one is %s', coalesce(period, 'null')
            ),
            hint = 'Write it like ''2026-10'', ''last month'', ''this week'', ''2026'' or ''[2026-10-01, 2026-11-01)''; its days are '
            'those of time_zone.';
    end if;
    return named;
end
$$;

comment on function incident_engine.period_of(text, text, timestamptz) is
'The period that is meant by ''2026-10'', ''2026'', ''2026-10-05'', ''this'' or ''last'' and ''day'', ''week'' (from Monday), ''month'', '
'''quarter'', ''year'' (as of a time), ''today'', ''yesterday'', or a range like ''[2026-10-01, 2026-11-01)'', by the calendar of a time '
'zone, not that of the session. Errors: 22023.';

revoke all on function incident_engine.period_of(text, text, timestamptz) from public;
grant execute on function incident_engine.period_of(text, text, timestamptz) to incident_viewer;
