create or replace function incident_engine.notice_unknown(host_name text, device_name text, capture_folder text)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    heard constant boolean := exists (select from incident.host as h where h.host_name = notice_unknown.host_name);
    nearest text;
begin
    if host_name is null or heard and device_name is null or exists (
        select from incident.device as d
        where
            d.host_name = notice_unknown.host_name
            and d.device_name = notice_unknown.device_name
            and d.capture_folder = notice_unknown.capture_folder
    ) then
        return;
    end if;
    if heard then
        nearest := (
            select format('%s (%s)', d.device_name, d.capture_folder)
            from incident.device as d
            where d.host_name = notice_unknown.host_name
            order by incident_engine.likeness(
                d.device_name || d.capture_folder, notice_unknown.device_name || notice_unknown.capture_folder
            ) desc, d.device_name, d.capture_folder
            limit 1
        );
        raise notice 'nothing has been heard of a device % (%) of host %', device_name, capture_folder, host_name
            using hint = coalesce('Did you mean ' || nearest || '? ', '') || 'It applies as soon as that device reports.';
        return;
    end if;
    nearest := (
        select h.host_name
        from incident.host as h
        order by incident_engine.likeness(h.host_name, notice_unknown.host_name) desc, h.host_name
        limit 1
    );
    raise notice 'nothing has been heard of a host %', host_name
        using hint = coalesce('Did you mean ' || nearest || '? ', '') || 'It applies as soon as that host reports.';
end
$$;

comment on function incident_engine.notice_unknown(text, text, text) is
'Says so when a scope names a host or a device that nothing has been heard of, and which known one it looks like: such a name is accepted, '
'for a host that is to come, and is a typing error more often.';

revoke all on function incident_engine.notice_unknown(text, text, text) from public;
