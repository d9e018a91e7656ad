create or replace function incident_engine.require_read_committed()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'feature_not_supported',
            message = format('incidents are not derived in a %s transaction', current_setting('transaction_isolation')),
            detail = 'It does not see what others have committed since it began.',
            hint = 'Do it in a transaction of its own: begin transaction isolation level read committed.';
    end if;
end
$$;

comment on function incident_engine.require_read_committed() is
'Refuses to derive anything in a transaction that does not see what others commit. Errors: 0A000.';

revoke all on function incident_engine.require_read_committed() from public;
