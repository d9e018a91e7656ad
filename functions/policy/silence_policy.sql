create or replace function incident_engine.silence_policy(host_name text, device_name text, capture_folder text)
returns table (sample_interval interval, no_data_after interval)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with ranked as (
        select
            p.sample_interval,
            p.no_data_after,
            (p.host_name is not null)::integer + (p.device_name is not null)::integer as specificity
        from incident.policy as p
        where
            p.component is null
            and coalesce(
                p.host_name = silence_policy.host_name, p.site = incident_engine.site_of(silence_policy.host_name)
            )
            and coalesce(p.device_name = silence_policy.device_name, true)
            and coalesce(p.capture_folder = silence_policy.capture_folder, true)
    )

    select
        (
            select r.sample_interval from ranked as r
            where r.sample_interval is not null
            order by r.specificity desc limit 1
        ),
        (
            select r.no_data_after from ranked as r
            where r.no_data_after is not null
            order by r.specificity desc limit 1
        );
end;

comment on function incident_engine.silence_policy(text, text, text) is
'How often a device is expected to report, and how long a silence counts: the most specific policy row that has a value.';

revoke all on function incident_engine.silence_policy(text, text, text) from public;
