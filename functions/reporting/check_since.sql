create or replace function incident_engine.check_since(since timestamptz, as_of timestamptz)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    if since is null or as_of is null or not isfinite(since) or not isfinite(as_of) or since >= as_of then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'since must be a moment before as_of, but since is %s and as_of %s', coalesce(since::text, 'null'),
                coalesce(as_of::text, 'null')
            ),
            hint = 'For example now() - interval ''8 hours''; leave as_of out for now().';
    end if;
    return true;
end
$$;

comment on function incident_engine.check_since(timestamptz, timestamptz) is
'True, or an error that says what is wrong with the stretch of time that incident.handover is asked for. Errors: 22023.';

revoke all on function incident_engine.check_since(timestamptz, timestamptz) from public;
grant execute on function incident_engine.check_since(timestamptz, timestamptz) to incident_viewer;
