create or replace function incident_engine.check_silence(
    host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval
)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
begin
    if no_data_after < sample_interval then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'no_data_after must not be shorter than sample_interval, but for %s it would be %s, and the interval %s',
                incident_engine.describe_scope(host_name, device_name, capture_folder, null), no_data_after, sample_interval
            ),
            detail = 'Every gap between two samples would be silence. Values not set for a scope come from a wider one.',
            hint = 'Set both for that scope; three times sample_interval is usual.';
    end if;
end
$$;

comment on function incident_engine.check_silence(text, text, text, interval, interval) is
'Errors: 22023 when a silence would count before the next sample is expected.';

revoke all on function incident_engine.check_silence(text, text, text, interval, interval) from public;
