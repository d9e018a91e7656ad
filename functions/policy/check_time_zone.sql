create or replace function incident_engine.check_time_zone(time_zone text)
returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    is_known boolean;
begin
    -- PostgreSQL also takes offsets, and reads them the other way round ('+05:45' and Etc/GMT+5 lie in the west), and
    -- abbreviations, which know no summer time. Reading all names takes longer than most reports, so a region's is tried by itself.
    if time_zone ~ '[0-9]' or upper(time_zone) in ('EST', 'HST', 'MST') then
        is_known := false;
    elsif time_zone = 'UTC' or time_zone ~ '^[A-Za-z_]+(/[A-Za-z_-]+)+$' then
        begin
            is_known := (now() at time zone time_zone) is not null;
        exception
            when invalid_parameter_value then
                is_known := false;
        end;
    else
        is_known := exists (select from pg_timezone_names as z where lower(z.name) = lower(time_zone));
    end if;
    if not is_known then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('time zone %s is not known as the name of a place', coalesce(quote_literal(time_zone), 'null')),
            detail = 'Offsets are read the other way round (Etc/GMT+5 is 5 hours behind UTC), and they and abbreviations know no '
                'summer time.',
            hint = 'Name a place, such as Europe/Berlin or Asia/Kathmandu, not an offset: select name from pg_timezone_names '
                'lists them.';
    end if;
    return true;
end
$$;

comment on function incident_engine.check_time_zone(text) is
'True, or an error when it is not the name of a time zone, in whatever case; offsets and abbreviations are none. Errors: 22023.';

revoke all on function incident_engine.check_time_zone(text) from public;
grant execute on function incident_engine.check_time_zone(text) to incident_viewer;
