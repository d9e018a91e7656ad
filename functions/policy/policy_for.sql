create or replace function incident.policy_for(
    host_name text default null,
    device_name text default null,
    capture_folder text default null,
    component text default null
)
returns table (setting text, value text, comes_from text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
begin atomic
    with applicable as (
        select
            p.*,
            -- A device's row before a host's before one for all, and one for the component before one for any.
            (p.host_name is not null)::integer * 2
            + (p.device_name is not null)::integer * 2
            + (p.component is not null)::integer as specificity,
            incident_engine.describe_scope(p.host_name, p.device_name, p.capture_folder, p.component) as scope
        from incident.policy as p
        where
            case
                when p.host_name is null then p.site = incident_engine.site_of(policy_for.host_name)
                else coalesce(p.host_name = policy_for.host_name, false)
            end
            and coalesce(p.device_name = policy_for.device_name, p.device_name is null)
            and coalesce(p.capture_folder = policy_for.capture_folder, p.capture_folder is null)
            and coalesce(p.component = policy_for.component, p.component is null)
    ),

    -- The settings are the columns of the table.
    known as (
        select
            a.attname::text as setting,
            a.attnum as position
        from pg_attribute as a
        where
            a.attrelid = 'incident.policy'::regclass
            and a.attnum > 0
            and not a.attisdropped
            and a.attname not in ('policy_id', 'site', 'host_name', 'device_name', 'capture_folder', 'component')
    )

    select
        k.setting,
        w.value,
        w.scope
    from known as k
    left join
        lateral (
            select
                to_jsonb(a) ->> k.setting as value,
                a.scope
            from applicable as a
            where (to_jsonb(a) ->> k.setting) is not null
            order by a.specificity desc
            limit 1
        ) as w
        on true
    order by k.position;
end;

comment on function incident.policy_for(text, text, text, text) is
'What applies to a device (or its component; or a host; or by default): each setting, the value that wins, and the scope it comes '
'from: "default", "host studio-2", "component ffmpeg of device Camera 1 (capture1) of host studio-2". A null value: not set '
'anywhere.';

revoke all on function incident.policy_for(text, text, text, text) from public;
grant execute on function incident.policy_for(text, text, text, text) to incident_viewer;
