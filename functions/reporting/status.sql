create or replace function incident.status(as_of timestamptz default now())
returns table (topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with active as (
        select
            i.*,
            row_number() over (order by incident.severity_rank(i.severity), i.detected_at, i.incident_id) as place
        from public.system_incident as i
        where i.status in ('open', 'in_progress')
    ),

    counts as (
        select
            count(*) as active,
            count(*) filter (where a.severity = 'critical') as critical,
            count(*) filter (where a.status = 'open') as unacknowledged
        from active as a
    ),

    day as materialized (
        select * from incident.availability(as_of - interval '24 hours', as_of, as_of => as_of)
    ),

    fleet as (
        select
            count(*) as devices,
            incident_engine.percent(
                sum(d.up_seconds), sum(d.up_seconds + d.down_seconds + d.no_data_seconds)
            ) as availability,
            sum(d.down_seconds) as down,
            sum(d.no_data_seconds) as no_data,
            count(*) filter (where d.down_seconds + d.no_data_seconds > 0) as that_lost_time
        from day as d
    ),

    worst as (
        select
            d.*,
            row_number() over (order by d.availability_percent, d.host_name, d.device_name, d.capture_folder) as place
        from day as d
        where d.availability_percent < 100
    ),

    promise as (
        select * from incident.sla_report(
                date_trunc('month', as_of),
                date_trunc('month', as_of) + interval '1 month',
                by => 'fleet',
                as_of => as_of
            )
    ),

    response as (
        select * from incident.response_times(as_of - interval '7 days', as_of, 'fleet', as_of)
    ),

    reliability as (
        select * from incident.mtbf(as_of - interval '30 days', as_of, 'fleet', as_of)
    ),

    line (position, detail, topic, answer) as (
        select
            0, 0, 'NOW',
            case c.active
                when 0 then 'nothing is broken'
                else format('%s active, %s critical, %s with nobody on it', c.active, c.critical, c.unacknowledged)
            end
            || to_char(as_of, '   (YYYY-MM-DD HH24:MI TZ)')
        from counts as c
        union all
        select
            0, a.place, '',
            format(
                '#%s %s: %s, for %s, %s', a.incident_id, upper(a.severity),
                coalesce(a.description, a.component || ' of ' || a.device_name),
                incident.readable_duration(extract(epoch from as_of - a.detected_at)),
                coalesce(
                    a.acknowledged_by || ' is on it', format('nobody: select incident.acknowledge(%s);', a.incident_id)
                )
            )
        from active as a
        where a.place <= 6
        union all
        select 0, 7, '', format('and %s more: select * from incident.active;', c.active - 6)
        from counts as c
        where c.active > 6
        union all
        select
            1, 0, 'AVAILABILITY',
            case
                when f.devices = 0 then 'no device has reported in the last 24 h'
                when f.availability is null then 'nothing to divide in the last 24 h: all unknown or maintenance'
                else format(
                        '%s %% (%s) in the last 24 h: down %s, silent %s, over %s of %s devices',
                        f.availability, incident.sla_status(f.availability), incident.readable_duration(f.down),
                        incident.readable_duration(f.no_data), f.that_lost_time, f.devices
                    )
            end
        from fleet as f
        union all
        select
            1, w.place, '',
            format(
                '%s %% %s, %s (%s): down %s, silent %s', to_char(w.availability_percent, '990.0000'), w.host_name,
                w.device_name, w.capture_folder, incident.readable_duration(w.down_seconds),
                incident.readable_duration(w.no_data_seconds)
            )
        from worst as w
        where w.place <= 3
        union all
        select
            2, 0, 'SLA',
            format(
                '%s: %s %% this month, target %s %%',
                case p.compliant when true then 'kept' when false then 'NOT KEPT' else 'nothing counted yet' end,
                coalesce(p.availability_percent::text, '-'), p.target_percent
            )
        from promise as p
        union all
        select
            2, 1, '',
            case
                when p.budget_left_seconds > 0
                    then format(
                            'error budget: %s left of %s (%s %%)', incident.readable_duration(p.budget_left_seconds),
                            incident.readable_duration(p.allowed_downtime_seconds), trunc(p.budget_left_percent, 1)
                        )
                else format(
                        'error budget: overspent by %s of %s', incident.readable_duration(-p.budget_left_seconds),
                        incident.readable_duration(p.allowed_downtime_seconds)
                    )
            end
            || format(
                '; burning %sx in 1 h, %sx in 6 h, %sx in 3 d', coalesce(p.burn_rate_1h::text, '-'),
                coalesce(p.burn_rate_6h::text, '-'), coalesce(p.burn_rate_3d::text, '-')
            )
            || coalesce(to_char(
                nullif(p.projected_exhaustion, as_of), '"; gone on "YYYY-MM-DD" if this goes on"'
            ), '')
        from promise as p
        union all
        select
            3, 0, 'MTTA',
            format(
                '%s in the last 7 d (median %s, 95 %% within %s); %s of %s acknowledged, %s waiting',
                incident.readable_duration(r.mtta_seconds), incident.readable_duration(r.mtta_median_seconds),
                incident.readable_duration(r.mtta_p95_seconds), r.acknowledged, r.incidents, r.waiting
            )
        from response as r
        where r.acknowledged > 0
        union all
        select
            3,
            0,
            'MTTA',
            format('nobody acknowledged any of the %s incidents of the last 7 d', coalesce(max(r.incidents), 0))
        from response as r
        having coalesce(max(r.acknowledged), 0) = 0
        union all
        select
            4, 0, 'MTTR',
            format(
                '%s in the last 7 d (median %s, 95 %% within %s); %s of %s resolved, %s still open',
                incident.readable_duration(r.mttr_seconds), incident.readable_duration(r.mttr_median_seconds),
                incident.readable_duration(r.mttr_p95_seconds), r.resolved, r.incidents, r.still_open
            )
        from response as r
        where r.resolved > 0
        union all
        select
            4, 0, 'MTTR', format('none of the %s incidents of the last 7 d is resolved', coalesce(max(r.incidents), 0))
        from response as r
        having coalesce(max(r.resolved), 0) = 0
        union all
        select
            5, 0, 'MTBF',
            case m.failures
                when
                    0
                    then format(
                            'no failure in the last 30 d, up for %s in all', incident.readable_duration(m.up_seconds)
                        )
                else format(
                        '%s up between failures of a device; %s failures in the last 30 d, %s lasting',
                        incident.readable_duration(m.mtbf_seconds), m.failures, m.still_failing
                    )
            end
        from reliability as m
    )

    -- Names come from the hosts; control characters in them must not reach a terminal.
    select l.topic, regexp_replace(l.answer, '[[:cntrl:]]', '?', 'g') as answer
    from line as l
    order by l.position, l.detail;
end;

comment on function incident.status(timestamptz) is
'The five answers on one screen, for whoever is woken up: what is broken now and who is on it, availability, SLA, MTTA, MTTR and '
'MTBF of the fleet. `make status` prints it. At most 20 lines. The functions behind it answer in full.';

revoke all on function incident.status(timestamptz) from public;
grant execute on function incident.status(timestamptz) to incident_viewer;
