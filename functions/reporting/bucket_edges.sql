create or replace function incident_engine.bucket_edges(
    bucket text, time_zone text, window_start timestamptz, window_end timestamptz, as_of timestamptz
)
returns timestamptz[]
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    counted_to constant timestamptz := least(window_end, as_of);
    local_start timestamp;
begin
    if not coalesce(bucket in ('hour', 'day', 'week', 'month'), false) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('cannot report by bucket %s', coalesce(quote_literal(bucket), 'null')),
            hint = 'bucket is one of: hour, day, week, month.';
    end if;
    perform incident_engine.check_time_zone(time_zone);
    local_start := date_trunc(bucket, window_start at time zone time_zone);
    if window_start >= counted_to then
        return array[]::timestamptz[];
    end if;

    -- An hour is an hour of the sun: when clocks are set back there are two of the same name.
    if bucket = 'hour' then
        return (
            select array_agg(distinct date_trunc('hour', moment, time_zone) order by date_trunc('hour', moment, time_zone))
            from generate_series(window_start, counted_to + interval '2 hours', interval '1 hour') as moment
        );
    end if;

    -- A day starts when the calendar first says so; where clocks are set back at midnight, midnight comes twice.
    return (
        select array_agg(
            case
                when (start - interval '1 hour') at time zone time_zone >= local_time then start - interval '1 hour'
                else start
            end order by local_time
        )
        from generate_series(
            local_start,
            date_trunc(bucket, counted_to at time zone time_zone) + ('1 ' || bucket)::interval,
            ('1 ' || bucket)::interval
        ) as local_time
        cross join lateral (select local_time at time zone time_zone as start) as moment
    );
end
$$;

comment on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz) is
'Where the hours, days, weeks (from Monday) or months of a time zone start that a window touches, and where the last one ends. '
'Errors: 22023.';

revoke all on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz)
to incident_viewer;
