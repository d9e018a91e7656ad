create or replace function incident_engine.check_policy(changes incident.policy)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    of_component constant text := 'be left out for a component: it belongs to the device as a whole';
    of_host constant text := 'be left out for a device: it belongs to the host as a whole';
    any_component constant text := 'Leave component out.';
    any_device constant text := 'Leave device_name and capture_folder out, and component too (or name system).';
    wrong record;
begin
    if coalesce(btrim(changes.host_name), 'any') = '' then
        perform incident_engine.require_text(changes.host_name, 'host_name');
    end if;
    if (changes.device_name is null) <> (changes.capture_folder is null)
        or (changes.device_name is not null and changes.host_name is null)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'a device is named by host_name, device_name and capture_folder together',
            detail = format(
                'host_name is %s, device_name %s, capture_folder %s.', coalesce(changes.host_name, 'null'),
                coalesce(changes.device_name, 'null'), coalesce(changes.capture_folder, 'null')
            ),
            hint = 'Name all three for a device, host_name alone for a host, none for all.';
    end if;
    if changes.component not in ('ffmpeg', 'monitor', 'system') then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('component must be ffmpeg, monitor or system, but is %s', changes.component),
            hint = 'Leave it out for all three.';
    end if;

    -- The first rule that is broken. What is not set breaks none.
    select r.*
    into wrong
    from (
        values
        ('sample_interval', changes.sample_interval::text, changes.sample_interval > interval '0', 'be longer than nothing',
            'It is how often a device reports: 60 seconds by default.'),
        ('no_data_after', changes.no_data_after::text, changes.no_data_after > interval '0', 'be longer than nothing',
            'It is the silence that counts: 3 minutes by default.'),
        ('open_after', changes.open_after::text, changes.open_after >= interval '0', 'not be negative', '0 opens at once.'),
        ('resolve_after', changes.resolve_after::text, changes.resolve_after >= interval '0', 'not be negative',
            '0 resolves at once.'),
        ('reopen_within', changes.reopen_within::text, changes.reopen_within >= interval '0', 'not be negative',
            '0 never reopens.'),
        ('new_device_grace', changes.new_device_grace::text, changes.new_device_grace >= interval '0', 'not be negative',
            '0 gives none.'),
        ('close_after', changes.close_after::text, changes.close_after > interval '0', 'be longer than nothing',
            'incident.unset_policy(''close_after'') switches automatic closing off.'),
        ('unknown_after', changes.unknown_after::text, changes.unknown_after > interval '0', 'be longer than nothing',
            'It is how long nobody may be able to tell how a device is: 30 minutes by default.'),
        ('sla_target', changes.sla_target::text, changes.sla_target > 0 and changes.sla_target <= 100,
            'be a percentage above 0, up to 100', 'It is the availability promised: 99.0 by default.'),
        ('flapping_start_percent', changes.flapping_start_percent::text,
            changes.flapping_start_percent > 0
            and (changes.flapping_start_percent <= 100 or changes.flapping_start_percent = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: nothing ever flaps.'),
        ('flapping_stop_percent', changes.flapping_stop_percent::text,
            changes.flapping_stop_percent >= 0 and changes.flapping_stop_percent <= 100,
            'be a percentage from 0 to 100', 'Flapping stops when the changes have fallen to it: 25 by default.'),
        ('flapping_stop_percent', coalesce(changes.flapping_stop_percent::text, 'null'),
            (changes.flapping_start_percent is null) = (changes.flapping_stop_percent is null),
            'be set together with flapping_start_percent', 'Name both.'),
        ('flapping_stop_percent', changes.flapping_stop_percent::text,
            changes.flapping_stop_percent <= changes.flapping_start_percent,
            format('not be above flapping_start_percent (%s)', changes.flapping_start_percent),
            'A gap between them keeps flapping from starting and stopping all the time.'),
        ('cpu_percent_limit', changes.cpu_percent_limit::text,
            changes.cpu_percent_limit > 0 and (changes.cpu_percent_limit <= 100 or changes.cpu_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no load is too high.'),
        ('memory_percent_limit', changes.memory_percent_limit::text,
            changes.memory_percent_limit > 0
            and (changes.memory_percent_limit <= 100 or changes.memory_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no use is too much.'),
        ('disk_percent_limit', changes.disk_percent_limit::text,
            changes.disk_percent_limit > 0 and (changes.disk_percent_limit <= 100 or changes.disk_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no use is too much.'),
        ('temperature_celsius_limit', changes.temperature_celsius_limit::text,
            changes.temperature_celsius_limit > 0 and changes.temperature_celsius_limit <> 'NaN',
            'be above 0 degrees Celsius', 'infinity: no temperature is too high.'),
        ('cpu_samples', changes.cpu_samples::text, changes.cpu_samples >= 1, 'be 1 or more', 'It counts samples in a row.'),
        ('memory_samples', changes.memory_samples::text, changes.memory_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('disk_samples', changes.disk_samples::text, changes.disk_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('temperature_samples', changes.temperature_samples::text, changes.temperature_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('sample_interval', changes.sample_interval::text,
            changes.component is null or changes.sample_interval is null, of_component, any_component),
        ('no_data_after', changes.no_data_after::text,
            changes.component is null or changes.no_data_after is null, of_component, any_component),
        ('new_device_grace', changes.new_device_grace::text,
            changes.component is null or changes.new_device_grace is null, of_component, any_component)
    ) as r (setting, value, is_kept, rule, hint)
    where not r.is_kept
    limit 1;
    if not found then
        select l.setting, l.value, of_host as rule, any_device as hint
        into wrong
        from (
            values
            ('cpu_percent_limit', changes.cpu_percent_limit::text),
            ('cpu_samples', changes.cpu_samples::text),
            ('memory_percent_limit', changes.memory_percent_limit::text),
            ('memory_samples', changes.memory_samples::text),
            ('disk_percent_limit', changes.disk_percent_limit::text),
            ('disk_samples', changes.disk_samples::text),
            ('temperature_celsius_limit', changes.temperature_celsius_limit::text),
            ('temperature_samples', changes.temperature_samples::text)
        ) as l (setting, value)
        where l.value is not null and (changes.device_name is not null or changes.component in ('ffmpeg', 'monitor'))
        limit 1;
    end if;
    if found then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s must %s, but is %s', wrong.setting, wrong.rule, wrong.value),
            hint = wrong.hint;
    end if;
end
$$;

comment on function incident_engine.check_policy(incident.policy) is
'Refuses a scope or settings that make no sense. Nulls are settings that are not given. Errors: 22023 naming the setting, the '
'rule and the value.';

revoke all on function incident_engine.check_policy(incident.policy) from public;
