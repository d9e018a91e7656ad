create or replace function incident_engine.report_period(
    window_start timestamptz,
    window_end timestamptz,
    month text,
    period text,
    time_zone text,
    as_of timestamptz
)
returns tstzrange
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if as_of is null or num_nonnulls(month, period, coalesce(window_start, window_end)) > 1
        or (window_start is null) <> (window_end is null)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a report needs one period and a read time, but window_start is %s, window_end %s, month %s, period %s and '
                'as_of %s',
                coalesce(window_start::text, 'null'), coalesce(window_end::text, 'null'), coalesce(month, 'null'),
                coalesce(period, 'null'), coalesce(as_of::text, 'null')
            ),
            hint = 'Name both edges, or month => ''2026-10'', or period => ''last month''.';
    end if;
    if month !~ '^\d{4}-\d\d$' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%L is no month', month),
            hint = 'Write it like ''2026-10''.';
    end if;
    if window_start is not null then
        if window_end <= window_start then
            raise exception using
                errcode = 'invalid_parameter_value',
                message = format('window_end must be after window_start, but %s is not after %s', window_end, window_start),
                hint = 'Name both by name: window_start => ..., window_end => ...';
        end if;
        perform incident_engine.check_time_zone(time_zone);
        return tstzrange(window_start, window_end);
    end if;
    return incident_engine.period_of(coalesce(month, period, 'this month'), time_zone, as_of);
end
$$;

comment on function incident_engine.report_period(timestamptz, timestamptz, text, text, text, timestamptz) is
'What a report is on: between both edges, or a month, or a period in words (see period_of); by default the present month. Errors: '
'22023.';

revoke all on function
incident_engine.report_period(timestamptz, timestamptz, text, text, text, timestamptz) from public;
grant execute on function
incident_engine.report_period(timestamptz, timestamptz, text, text, text, timestamptz) to incident_viewer;
