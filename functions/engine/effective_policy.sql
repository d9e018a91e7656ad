create or replace function incident_engine.effective_policy(
    host_name text, device_name text, capture_folder text, component text
)
returns incident.policy
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with ranked as (
        select
            p.*,
            (p.host_name is not null)::integer * 2
            + (p.device_name is not null)::integer * 2
            + (p.component is not null)::integer as specificity
        from incident.policy as p
        where
            coalesce(p.host_name = effective_policy.host_name, p.host_name is null)
            and coalesce(p.device_name = effective_policy.device_name, p.device_name is null)
            and coalesce(p.capture_folder = effective_policy.capture_folder, p.capture_folder is null)
            and coalesce(p.component = effective_policy.component, p.component is null)
    )

    select
        null::integer,
        effective_policy.host_name,
        effective_policy.device_name,
        effective_policy.capture_folder,
        effective_policy.component,
        (array_agg(r.sample_interval order by r.specificity desc) filter (where r.sample_interval is not null))[1],
        (array_agg(r.no_data_after order by r.specificity desc) filter (where r.no_data_after is not null))[1],
        (array_agg(r.sla_target order by r.specificity desc) filter (where r.sla_target is not null))[1],
        (array_agg(r.open_after order by r.specificity desc) filter (where r.open_after is not null))[1],
        (array_agg(r.resolve_after order by r.specificity desc) filter (where r.resolve_after is not null))[1],
        (array_agg(r.reopen_within order by r.specificity desc) filter (where r.reopen_within is not null))[1],
        (
            array_agg(r.flapping_start_percent order by r.specificity desc) filter (
                where r.flapping_start_percent is not null
            )
        )[1],
        (
            array_agg(r.flapping_stop_percent order by r.specificity desc) filter (
                where r.flapping_stop_percent is not null
            )
        )[1],
        (array_agg(r.new_device_grace order by r.specificity desc) filter (where r.new_device_grace is not null))[1],
        (array_agg(r.cpu_percent_limit order by r.specificity desc) filter (where r.cpu_percent_limit is not null))[1],
        (array_agg(r.cpu_samples order by r.specificity desc) filter (where r.cpu_samples is not null))[1],
        (
            array_agg(r.memory_percent_limit order by r.specificity desc) filter (
                where r.memory_percent_limit is not null
            )
        )[1],
        (array_agg(r.memory_samples order by r.specificity desc) filter (where r.memory_samples is not null))[1],
        (array_agg(r.disk_percent_limit order by r.specificity desc) filter (where r.disk_percent_limit is not null))[
            1
        ],
        (array_agg(r.disk_samples order by r.specificity desc) filter (where r.disk_samples is not null))[1],
        (
            array_agg(r.temperature_celsius_limit order by r.specificity desc) filter (
                where r.temperature_celsius_limit is not null
            )
        )[1],
        (
            array_agg(r.temperature_samples order by r.specificity desc) filter (
                where r.temperature_samples is not null
            )
        )[1],
        (array_agg(r.close_after order by r.specificity desc) filter (where r.close_after is not null))[1]
    from ranked as r;
end;

comment on function incident_engine.effective_policy(text, text, text, text) is
'What applies to a component of a device: value by value that of the most specific policy row that has one; device before host '
'before all, and a row for the component before one for any. Nulls ask for the whole: (host, null, null, ''system'') is the host itself.';

revoke all on function incident_engine.effective_policy(text, text, text, text) from public;
grant execute on function incident_engine.effective_policy(text, text, text, text) to incident_viewer;
