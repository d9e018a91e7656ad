create or replace function incident.status(as_of timestamptz default now(), time_zone text default 'UTC')
returns table (topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    -- As it stood at as_of; those that people are told of first.
    with active as (
        select
            i.*,
            i.acknowledged_at <= as_of as is_acknowledged,
            s.silence as silenced_by,
            row_number() over (
                order by
                    s.silence is not null, incident_engine.severity_rank(i.severity), i.detected_at, i.incident_id
            ) as place
        from public.system_incident as i
        cross join lateral incident_engine.silenced_by(i, as_of) as s
        where
            i.retracted_at is null
            and i.detected_at <= as_of + interval '5 minutes'
            and (i.status in ('open', 'in_progress') or i.resolved_at > as_of)
    ),

    counts as (
        select
            count(*) filter (where a.silenced_by is null) as active,
            count(*) filter (where a.silenced_by is not null) as silenced,
            count(*) filter (where a.silenced_by is null and a.severity = 'critical') as critical,
            count(*) filter (where a.silenced_by is null and a.is_acknowledged is not true) as unacknowledged,
            count(*) as listed
        from active as a
    ),

    day as materialized (
        select * from incident.availability(as_of - interval '24 hours', as_of, as_of => as_of)
    ),

    fleet as (
        select *
        from incident.availability(as_of - interval '24 hours', as_of, by => 'fleet', as_of => as_of)
    ),

    worst as (
        select
            d.*,
            row_number() over (
                order by
                    d.availability_percent asc nulls first,
                    d.coverage_percent asc,
                    d.host_name asc,
                    d.device_name asc,
                    d.capture_folder asc
            ) as place
        from day as d
        where d.window_seconds > d.maintenance_seconds
            and (d.availability_percent is null or d.availability_percent < 100)
    ),

    promise as (
        select * from incident.sla_report(by => 'fleet', as_of => as_of, time_zone => time_zone)
    ),

    response as (
        select * from incident.response_times(as_of - interval '7 days', as_of, 'fleet', as_of)
    ),

    reliability as (
        select * from incident.mtbf(as_of - interval '30 days', as_of, 'fleet', as_of)
    ),

    line (position, detail, topic, answer) as (
        select
            0, 0, case when as_of < now() then 'THEN' else 'NOW' end,
            concat_ws(
                '; ',
                upper(o.overdue) || ' (select incident.sweep();)',
                case
                    when c.active > 0
                        then format(
                                '%s active, %s critical, %s with nobody on it', c.active, c.critical, c.unacknowledged
                            )
                    when o.overdue is not null then 'nothing is known to be broken'
                    else 'nothing is broken'
                end,
                nullif(c.silenced, 0) || ' in maintenance or part of another'
            )
            || to_char(as_of at time zone time_zone, '   (YYYY-MM-DD HH24:MI ') || time_zone || ')'
        from counts as c
        cross join (select case when as_of >= now() then incident_engine.sweep_overdue() end as overdue) as o
        union all
        select
            0, a.place, '',
            format(
                '#%s %s: %s, for %s, %s', a.incident_id, upper(a.severity),
                coalesce(a.description, a.component || ' of ' || a.device_name)
                || coalesce(' (' || a.reason || ')', ''),
                incident_engine.readable_duration(greatest(extract(epoch from as_of - a.detected_at), 0)),
                coalesce(
                    a.silenced_by,
                    case when a.is_acknowledged then a.acknowledged_by || ' is on it' end,
                    format('nobody: select incident.acknowledge(%s);', a.incident_id)
                )
            )
        from active as a
        where a.place <= 6
        union all
        select 0, 7, '', format('and %s more: select * from incident.active;', c.listed - 6)
        from counts as c
        where c.listed > 6
        union all
        select
            1, 0, 'AVAILABILITY',
            case
                when not exists (select from fleet) then 'no device was in service in the last 24 h'
                else (
                    select
                        concat_ws(
                            ' ',
                            coalesce(
                                format('%s %% (%s) in the last 24 h:', f.availability_percent, f.sla_status),
                                'nothing to divide in the last 24 h:'
                            ),
                            format(
                                'down %s, silent %s, unknown %s, over %s of %s devices',
                                incident_engine.readable_duration(f.down_seconds),
                                incident_engine.readable_duration(f.no_data_seconds),
                                incident_engine.readable_duration(f.unknown_seconds),
                                (
                                    select count(*) from day as d
                                    where d.down_seconds + d.no_data_seconds + d.unknown_seconds > 0
                                ),
                                f.devices
                            )
                        )
                    from fleet as f
                )
            end
        union all
        select
            1, w.place, '',
            format(
                '%s %s, %s (%s): down %s, silent %s, unknown %s',
                coalesce(to_char(w.availability_percent, '990.0000') || ' %', '         - %'), w.host_name,
                w.device_name, w.capture_folder, incident_engine.readable_duration(w.down_seconds),
                incident_engine.readable_duration(w.no_data_seconds),
                incident_engine.readable_duration(w.unknown_seconds)
            )
        from worst as w
        where w.place <= 3
        union all
        select
            2, 0, 'SLA',
            format(
                '%s: %s %% this month, target %s %%',
                case p.compliant when true then 'kept so far' when false then 'NOT KEPT' else 'nothing counted yet' end,
                coalesce(p.availability_percent::text, '-'), p.target_percent
            )
        from promise as p
        union all
        select
            2, 1, '',
            case
                when p.budget_left_seconds < 0
                    then format(
                            'error budget: overspent by %s of %s',
                            incident_engine.readable_duration(-p.budget_left_seconds),
                            incident_engine.readable_duration(p.allowed_downtime_seconds)
                        )
                else concat_ws(
                        ' ',
                        format(
                            'error budget: %s left of %s', incident_engine.readable_duration(p.budget_left_seconds),
                            incident_engine.readable_duration(p.allowed_downtime_seconds)
                        ),
                        format('(%s %%)', p.budget_left_percent)
                    )
            end
            || case
                when p.target_percent < 100
                    then format(
                            '; burning %sx in 1 h, %sx in 6 h, %sx in 3 d', coalesce(p.burn_rate_1h::text, '-'),
                            coalesce(p.burn_rate_6h::text, '-'), coalesce(p.burn_rate_3d::text, '-')
                        )
                else ''
            end
            || coalesce(
                case when p.budget_left_seconds <= 0 then '; ran out ' else '; runs out ' end
                || to_char(p.projected_exhaustion at time zone time_zone, 'YYYY-MM-DD HH24:MI'),
                ''
            )
        from promise as p
        where p.compliant is not null
        union all
        select
            3, 0, 'MTTA',
            format(
                '%s in the last 7 d (median %s, 95 %% within %s); %s of %s acknowledged, %s waiting',
                incident_engine.readable_duration(r.mtta_seconds),
                incident_engine.readable_duration(r.mtta_median_seconds),
                incident_engine.readable_duration(r.mtta_p95_seconds), r.acknowledged, r.incidents, r.waiting
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
            3, 1, 'TOLD',
            format(
                'people were told of %s of %s incidents in the last 7 d, on average after %s, at worst after %s',
                t.told, t.announced, incident_engine.readable_duration(t.mean_seconds),
                incident_engine.readable_duration(t.worst_seconds)
            )
        from incident.time_to_tell(as_of - interval '7 days', as_of) as t
        where t.told > 0
        union all
        select
            4, 0, 'MTTR',
            format(
                '%s in the last 7 d (median %s, 95 %% within %s); %s of %s resolved, %s still open',
                incident_engine.readable_duration(r.mttr_seconds),
                incident_engine.readable_duration(r.mttr_median_seconds),
                incident_engine.readable_duration(r.mttr_p95_seconds), r.resolved, r.incidents, r.still_open
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
                            'no failure in the last 30 d, up for %s in all',
                            incident_engine.readable_duration(m.up_seconds)
                        )
                else format(
                        '%s up between failures of a device; %s failures in the last 30 d, %s lasting',
                        incident_engine.readable_duration(m.mtbf_seconds), m.failures, m.still_failing
                    )
            end
        from reliability as m
    )

    -- Names come from the hosts; control characters in them must not reach a terminal.
    select l.topic, regexp_replace(l.answer, '[[:cntrl:]]', '?', 'g') as answer
    from line as l
    order by l.position, l.detail;
end;

comment on function incident.status(timestamptz, text) is
'The five answers on one screen, for whoever is woken up: what is broken now, or was at as_of, and who is on it, availability, SLA, '
'MTTA, MTTR and MTBF of the fleet; the month and the times are those of time_zone. Says so when nobody has looked lately. `make status` '
'prints it. At most 20 lines. The functions behind it answer in full.';

revoke all on function incident.status(timestamptz, text) from public;
grant execute on function incident.status(timestamptz, text) to incident_viewer;
