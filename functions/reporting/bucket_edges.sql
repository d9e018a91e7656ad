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
    edges timestamptz[];
begin
    if not coalesce(bucket in ('hour', 'day', 'week', 'month', 'year'), false) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('cannot report by bucket %s', coalesce(quote_literal(bucket), 'null')),
            hint = 'bucket is one of: hour, day, week, month, year.';
    end if;
    perform incident_engine.check_time_zone(time_zone);
    if window_start >= counted_to then
        return array[]::timestamptz[];
    end if;

    if bucket = 'hour' then
        -- An hour is an hour of the sun: when clocks are set back there are two of the same name.
        edges := array(
            select distinct date_trunc('hour', moment, time_zone) as edge
            from generate_series(
                window_start - interval '2 hours', counted_to + interval '2 hours', interval '15 minutes'
            ) as moment
            order by edge
        );
    else
        -- A day that a zone skipped starts when the next one does, and is none.
        edges := array(
            select distinct incident_engine.start_of_local(local_time, time_zone) as edge
            from generate_series(
                date_trunc(bucket, window_start at time zone time_zone) - ('1 ' || bucket)::interval,
                date_trunc(bucket, counted_to at time zone time_zone) + ('2 ' || bucket)::interval,
                ('1 ' || bucket)::interval
            ) as local_time
            order by edge
        );
    end if;
    -- From the last one before the window to the first one that is not before its end.
    return edges[
        width_bucket(window_start, edges):
        width_bucket(counted_to, edges) + (edges[width_bucket(counted_to, edges)] < counted_to)::integer
    ];
end
$$;

comment on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz) is
'Where the hours, days, weeks (from Monday), months or years of a time zone start that a window touches, and where the last one ends. '
'Errors: 22023.';

revoke all on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function incident_engine.bucket_edges(text, text, timestamptz, timestamptz, timestamptz)
to incident_viewer;
