create or replace function incident.void_samples(
    host_name text,
    device_name text,
    period tstzrange,
    reason text,
    capture_folder text default null,
    operator text default incident.current_operator()
)
returns incident.void_period
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    voided incident.void_period;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    if period is null or isempty(period) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('period must hold time, but is %s', coalesce(period::text, 'null')),
            hint = 'For example tstzrange(''2026-03-02 10:00+00'', ''2026-03-02 11:00+00''); a null end means for ever.';
    end if;
    if not exists (
        select from incident.host as h where void_samples.device_name is null and h.host_name = void_samples.host_name
        union all
        select from incident.device as d
        where
            d.host_name = void_samples.host_name
            and d.device_name = coalesce(void_samples.device_name, d.device_name)
            and d.capture_folder = coalesce(void_samples.capture_folder, d.capture_folder)
    ) then
        raise exception using
            errcode = 'no_data_found',
            message = format('there are no samples of %s', concat_ws(', ', host_name, device_name, capture_folder)),
            hint = 'select host_name, device_name, capture_folder from incident.device lists the devices; device_name null means '
            'the host with all of them.';
    end if;
    perform incident_engine.lock_hosts(array[host_name]);
    insert into incident.void_period as v (host_name, device_name, capture_folder, period, reason, voided_by)
    values (
        void_samples.host_name, void_samples.device_name, void_samples.capture_folder, void_samples.period,
        void_samples.reason, operator
    )
    returning v.* into voided;
    perform incident_engine.refold_void_period(voided);
    return voided;
end
$$;

comment on function incident.void_samples(text, text, tstzrange, text, text, text) is
'Declares stored samples void (a dead clock, a cloned host, a test): from now on those of the period count for nothing, and history, '
'incidents and reports are what the others say. device_name null: the host with all its devices and its own rows; capture_folder null: '
'all of the device. The rows stay, and incident.restore_samples takes it back. Returns what was recorded. Errors: 22004, 22023, P0002 '
'for a host or device that never reported, 55P03 when another transaction holds the host for over 2 seconds.';

revoke all on function incident.void_samples(text, text, tstzrange, text, text, text) from public;
grant execute on function incident.void_samples(text, text, tstzrange, text, text, text) to incident_admin;
