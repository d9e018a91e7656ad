create or replace function incident.add_recurring_maintenance(
    host_name text,
    weekdays text[],
    starts_at_local time,
    duration interval,
    time_zone text,
    reason text,
    valid_from date default null,
    valid_until date default null,
    device_name text default null,
    capture_folder text default null,
    operator text default incident.current_operator()
)
returns incident.recurring_maintenance
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    week constant text[] := array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    days text[];
    first_day date;
    unknown_day text;
    added incident.recurring_maintenance;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    perform incident_engine.require_text(time_zone, 'time_zone');
    perform incident_engine.check_maintenance_scope(device_name, capture_folder);
    perform incident_engine.notice_unknown(host_name, device_name, capture_folder);
    perform incident_engine.check_time_zone(time_zone);

    select array_agg(w.name order by w.number), min(d.day) filter (where w.name is null)
    into days, unknown_day
    from (select distinct lower(btrim(given)) as day from unnest(weekdays) as given) as d
    left join unnest(week) with ordinality as w (name, number) on d.day in (w.name, left(w.name, 3));
    if unknown_day is not null or days is null then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('weekdays must name days of the week, but is %s', coalesce(weekdays::text, 'null')),
            hint = 'weekdays => ''{sunday}'' or ''{mon,thu}''.';
    end if;
    if starts_at_local is null or duration is null or duration <= interval '0' or duration > interval '7 days' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'recurring maintenance needs a start and a duration of up to 7 days, but starts_at_local is %s and duration %s',
                coalesce(starts_at_local::text, 'null'), coalesce(duration::text, 'null')
            ),
            hint = 'starts_at_local => ''02:30'', duration => ''90 minutes''.';
    end if;
    first_day := coalesce(valid_from, (now() at time zone time_zone)::date);
    if valid_until < first_day or not isfinite(first_day) or first_day < (now() - interval '5 years')::date
        or not coalesce(isfinite(valid_until), true)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'recurring maintenance cannot last from %s to %s', first_day, coalesce(valid_until::text, 'for ever')
            ),
            hint = 'valid_from may lie up to five years back, by default it is today; valid_until does not lie before it.';
    end if;

    -- Whoever plans from a script may run it again.
    perform incident_engine.lock_maintenance(host_name);
    select r.* into added
    from incident.recurring_maintenance as r
    where
        (r.host_name, r.weekdays, r.starts_at_local, r.duration, r.time_zone, r.reason)
        = (
            add_recurring_maintenance.host_name, days, add_recurring_maintenance.starts_at_local,
            add_recurring_maintenance.duration, add_recurring_maintenance.time_zone, add_recurring_maintenance.reason
        )
        and (r.device_name, r.capture_folder, r.valid_until) is not distinct from (
            add_recurring_maintenance.device_name, add_recurring_maintenance.capture_folder,
            add_recurring_maintenance.valid_until
        )
        and r.valid_from <= first_day
        and r.ended_at is null
    order by r.series_id
    limit 1;
    if found then
        raise notice 'this is planned already, as series %', added.series_id
            using hint = 'Nothing was added. incident.end_recurring_maintenance() ends it.';
        return added;
    end if;

    insert into incident.recurring_maintenance (
        host_name, device_name, capture_folder, weekdays, starts_at_local, duration, time_zone, valid_from, valid_until,
        reason, added_by, planned_to
    )
    values (
        add_recurring_maintenance.host_name,
        add_recurring_maintenance.device_name,
        add_recurring_maintenance.capture_folder,
        days,
        add_recurring_maintenance.starts_at_local,
        add_recurring_maintenance.duration,
        add_recurring_maintenance.time_zone,
        first_day,
        add_recurring_maintenance.valid_until,
        add_recurring_maintenance.reason,
        operator,
        first_day
    )
    returning * into added;
    perform incident_engine.plan_maintenance(now());
    select r.* into added
    from incident.recurring_maintenance as r
    where r.host_name = added.host_name and r.series_id = added.series_id;
    return added;
end
$$;

comment on function incident.add_recurring_maintenance(
    text, text[], time, interval, text, text, date, date, text, text, text
) is
'Announces planned work on a host, or on one device of it, that comes back every week: on weekdays ({sunday}, {mon,thu}) at a local '
'time of a named time zone. duration: hours and minutes are time that passes, a day lasts until the same local time of the next. A '
'start that the clock shows twice is the first, one that it skips comes an hour later by that clock. valid_from (by default today) '
'may lie in the past. The same twice is one, with a notice. Returns the series; its occurrences stand in incident.maintenance, two weeks ahead. Errors: 22004, 22023.';

revoke all on function incident.add_recurring_maintenance(
    text, text[], time, interval, text, text, date, date, text, text, text
) from public;
grant execute on function incident.add_recurring_maintenance(
    text, text[], time, interval, text, text, date, date, text, text, text
) to incident_operator;
