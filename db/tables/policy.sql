-- Policy: what counts as silence and failure. Null scope columns mean any; the most specific row wins, value by value.
create table incident.policy (
    policy_id bigint generated always as identity,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    sample_interval interval,
    no_data_after interval,
    sla_target numeric,
    open_after interval,
    resolve_after interval,
    reopen_within interval,
    flapping_start_percent numeric,
    flapping_stop_percent numeric,
    new_device_grace interval,
    cpu_percent_limit numeric,
    cpu_samples integer,
    memory_percent_limit numeric,
    memory_samples integer,
    disk_percent_limit numeric,
    disk_samples integer,
    temperature_celsius_limit numeric,
    temperature_samples integer,
    close_after interval,
    unknown_after interval,
    site integer not null default 0,
    constraint policy_pkey primary key (policy_id),
    constraint policy_scope_is_unique
    unique nulls not distinct (site, host_name, device_name, capture_folder, component),
    constraint device_scope_names_its_host check (device_name is null or host_name is not null),
    constraint device_scope_names_its_folder check ((device_name is null) = (capture_folder is null)),
    constraint component_is_known check (component in ('ffmpeg', 'monitor', 'system')),
    constraint sample_interval_is_positive check (sample_interval > interval '0'),
    constraint no_data_after_is_positive check (no_data_after > interval '0'),
    constraint no_data_after_is_not_less_than_the_sample_interval check (no_data_after >= sample_interval),
    constraint sla_target_is_a_percentage check (sla_target > 0 and sla_target <= 100),
    constraint open_after_is_not_negative check (open_after >= interval '0'),
    constraint resolve_after_is_not_negative check (resolve_after >= interval '0'),
    constraint reopen_within_is_not_negative check (reopen_within >= interval '0'),
    constraint new_device_grace_is_not_negative check (new_device_grace >= interval '0'),
    constraint unknown_after_is_positive check (unknown_after > interval '0'),
    constraint close_after_is_positive check (close_after > interval '0'),
    constraint flapping_start_percent_is_positive check (
        flapping_start_percent > 0 and flapping_start_percent <> 'NaN'
    ),
    constraint flapping_stops_at_or_below_its_start check (
        flapping_stop_percent >= 0 and flapping_stop_percent <= flapping_start_percent
    ),
    constraint flapping_start_and_stop_go_together check (
        (flapping_start_percent is null) = (flapping_stop_percent is null)
    ),
    constraint cpu_percent_limit_is_positive check (cpu_percent_limit > 0 and cpu_percent_limit <> 'NaN'),
    constraint memory_percent_limit_is_positive check (memory_percent_limit > 0 and memory_percent_limit <> 'NaN'),
    constraint disk_percent_limit_is_positive check (disk_percent_limit > 0 and disk_percent_limit <> 'NaN'),
    constraint temperature_celsius_limit_is_positive check (
        temperature_celsius_limit > 0 and temperature_celsius_limit <> 'NaN'
    ),
    constraint samples_in_a_row_are_counted_from_one check (
        cpu_samples >= 1 and memory_samples >= 1 and disk_samples >= 1 and temperature_samples >= 1
    ),
    constraint default_policy_is_complete check (
        host_name is not null
        or component is not null
        or (
            sample_interval is not null
            and no_data_after is not null
            and sla_target is not null
            and open_after is not null
            and resolve_after is not null
            and reopen_within is not null
            and flapping_start_percent is not null
            and new_device_grace is not null
            and cpu_percent_limit is not null
            and cpu_samples is not null
            and memory_percent_limit is not null
            and memory_samples is not null
            and disk_percent_limit is not null
            and disk_samples is not null
            and temperature_celsius_limit is not null
            and temperature_samples is not null
            and unknown_after is not null
        )
    )
);

-- The default that a site starts with.
insert into incident.policy (
    sample_interval, no_data_after, sla_target, open_after, resolve_after, reopen_within, flapping_start_percent,
    flapping_stop_percent, new_device_grace, cpu_percent_limit, cpu_samples, memory_percent_limit, memory_samples,
    disk_percent_limit, disk_samples, temperature_celsius_limit, temperature_samples, unknown_after
)
values (
    interval '60 seconds', interval '3 minutes', 99.0, interval '0', interval '0', interval '0', 30,
    25, interval '10 minutes', 95, 10, 95, 5,
    90, 3, 85, 5, interval '30 minutes'
);
