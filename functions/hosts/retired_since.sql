create or replace function incident_engine.retired_since(
    host_name text, device_name text, capture_folder text, last_signal_at timestamptz, before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Asked for every silence, and hardly any host has been retired.
    if not exists (
        select from incident.retirement as r
        where r.host_name = retired_since.host_name and r.revoked_at is null
    ) then
        return null;
    end if;
    return least(
        (
            select min(r.retired_at)
            from incident.retirement as r
            where
                r.host_name = retired_since.host_name
                and (
                    r.device_name is null
                    or (r.device_name, r.capture_folder) = (retired_since.device_name, retired_since.capture_folder)
                )
                and r.revoked_at is null
                and r.retired_at >= last_signal_at
                and r.retired_at < before
        ),
        -- A host is retired with the last of its devices, unless it was heard after that.
        case when retired_since.device_name is null then (
            select case when max(d.retired_at) >= last_signal_at then max(d.retired_at) end
            from (
                select (
                    select min(r.retired_at)
                    from incident.retirement as r
                    where
                        r.host_name = k.host_name
                        and (r.device_name, r.capture_folder) = (k.device_name, k.capture_folder)
                        and r.revoked_at is null
                        and r.retired_at < before
                        and r.retired_at >= incident_engine.sample_before(
                            k.host_name, k.device_name, k.capture_folder,
                            last_signal_at + interval '1 microsecond', k.first_sample_at
                        )
                ) as retired_at
                from incident.device as k
                where k.host_name = retired_since.host_name and k.first_sample_at <= last_signal_at
            ) as d
            having count(*) = count(d.retired_at)
        ) end
    );
end
$$;

comment on function incident_engine.retired_since(text, text, text, timestamptz, timestamptz) is
'When a device, or a host (device_name null), that was silent from its last signal up to before was retired in that time; null '
'when it was not.';

revoke all on function incident_engine.retired_since(text, text, text, timestamptz, timestamptz) from public;
