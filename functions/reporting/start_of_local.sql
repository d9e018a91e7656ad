create or replace function incident_engine.start_of_local(local_time timestamp, time_zone text)
returns timestamptz
language sql
stable
parallel safe
set search_path = pg_catalog, pg_temp
return (
    -- Where clocks are set back it comes twice, and PostgreSQL takes the later one; where they are put forward it may never come,
    -- and PostgreSQL takes a moment after they were. No zone of our time moves by more than 3 hours, but for a whole day.
    select min(m.moment)
    from generate_series(0, 180, 15) as earlier (minutes)
    cross join
        lateral (select (local_time at time zone time_zone) - earlier.minutes * interval '1 minute' as moment) as m
    where m.moment at time zone time_zone >= local_time
);

comment on function incident_engine.start_of_local(timestamp, text) is
'The first moment at which the clocks of a time zone show a local time, or, when they never do, a later one: when a day, a week, a '
'month of that zone starts.';

revoke all on function incident_engine.start_of_local(timestamp, text) from public;
grant execute on function incident_engine.start_of_local(timestamp, text) to incident_viewer;
