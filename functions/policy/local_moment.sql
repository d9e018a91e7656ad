create or replace function incident_engine.local_moment(local_time timestamp, time_zone text)
returns timestamptz
language sql
stable
set search_path = pg_catalog, pg_temp
return (
    -- PostgreSQL reads a time that the clock shows twice as the later one.
    select min(m.moment)
    from (
        values
        (local_time at time zone time_zone),
        ((local_time at time zone time_zone) - interval '30 minutes'),
        ((local_time at time zone time_zone) - interval '1 hour')
    ) as m (moment)
    where m.moment at time zone time_zone = local_time or m.moment = local_time at time zone time_zone
);

comment on function incident_engine.local_moment(timestamp, text) is
'When a local clock shows this time: the first time when it does so twice (RFC 5545, 3.3.5), and when it is put forward over it, '
'the moment at which it would have been that time.';

revoke all on function incident_engine.local_moment(timestamp, text) from public;
