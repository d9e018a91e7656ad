create or replace function incident.restore_samples(
    void_id bigint, reason text, operator text default incident.current_operator()
)
returns incident.void_period
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    restored incident.void_period;
begin
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    perform incident_engine.lock_hosts(array[v.host_name])
    from incident.void_period as v
    where v.void_id = restore_samples.void_id;
    update incident.void_period as v
    set restored_at = now(), restored_by = operator, restore_reason = restore_samples.reason
    where v.void_id = restore_samples.void_id and v.restored_at is null
    returning v.* into restored;
    if not found then
        raise exception using
            errcode = 'no_data_found',
            message = format('no samples are void by the number %s', coalesce(void_id::text, 'null')),
            hint = 'select * from incident.void_period where restored_at is null lists what is void.';
    end if;
    perform incident_engine.refold_void_period(restored);
    return restored;
end
$$;

comment on function incident.restore_samples(bigint, text, text) is
'Takes back what incident.void_samples declared: the samples count again. Returns what was recorded. Errors: 22004, P0002 when nothing '
'is void by this number, 55P03 when another transaction holds the host for over 2 seconds.';

revoke all on function incident.restore_samples(bigint, text, text) from public;
grant execute on function incident.restore_samples(bigint, text, text) to incident_admin;
