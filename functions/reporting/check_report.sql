create or replace function incident_engine.check_report(
    window_start timestamptz,
    window_end timestamptz,
    as_of timestamptz,
    by text default null,
    allowed text[] default null
)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    if window_start is null or window_end is null or as_of is null then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a report needs a window and a read time, but window_start is %s, window_end %s and as_of %s',
                coalesce(window_start::text, 'null'), coalesce(window_end::text, 'null'), coalesce(as_of::text, 'null')
            ),
            hint = 'Leave parameters out for their defaults.';
    end if;
    if not isfinite(window_start) or not isfinite(window_end) or not isfinite(as_of) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'the window and the read time of a report must be finite',
            detail = format('window_start is %s, window_end %s, as_of %s.', window_start, window_end, as_of),
            hint = 'Name a start, e.g. window_start => now() - interval ''1 year''.';
    end if;
    if window_end <= window_start then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('window_end must be after window_start, but %s is not after %s', window_end, window_start),
            hint = 'Name both by name: window_start => ..., window_end => ...';
    end if;
    if allowed is not null and not coalesce(by = any (allowed), false) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('cannot report by %s', coalesce(quote_literal(by), 'null')),
            hint = format('by is one of: %s.', array_to_string(allowed, ', '));
    end if;
    return true;
end
$$;

comment on function incident_engine.check_report(timestamptz, timestamptz, timestamptz, text, text[]) is
'True, or an error that says what is wrong with the parameters of a report. Errors: 22023.';

revoke all on function incident_engine.check_report(timestamptz, timestamptz, timestamptz, text, text[]) from public;
grant execute on function incident_engine.check_report(timestamptz, timestamptz, timestamptz, text, text[])
to incident_viewer;
