create or replace function incident_engine.status_promise(as_of timestamptz, time_zone text)
returns table (place integer, line integer, topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with promise as (
        select
            p.*,
            as_of < now() as is_past
        from incident.sla_report(by => 'fleet', as_of => as_of, time_zone => time_zone) as p
    )

    select
        2 as place, 0 as line, 'SLA' as topic,
        format(
            '%s: %s %% %s, target %s %%',
            case
                when p.compliant and p.availability_percent < p.target_percent
                    then case when p.is_past then 'could still be kept' else 'can still be kept' end
                when p.compliant and p.is_past then 'kept by then'
                when p.compliant then 'kept so far'
                when p.compliant is null then 'nothing counted yet'
                else 'NOT KEPT'
            end,
            coalesce(p.availability_percent::text, '-'),
            case
                when p.is_past then 'in ' || to_char(p.period_start at time zone time_zone, 'YYYY-MM')
                else 'this month'
            end,
            p.target_percent
        ) as answer
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
            case
                when p.budget_left_seconds <= 0 then '; ran out '
                when p.is_past then '; was to run out '
                else '; runs out '
            end
            || to_char(p.projected_exhaustion at time zone time_zone, 'YYYY-MM-DD HH24:MI'),
            ''
        )
    from promise as p
    where p.compliant is not null;
end;

comment on function incident_engine.status_promise(timestamptz, text) is
'Lines of incident.status: whether the promise of the month is kept, and what is left of its error budget.';

revoke all on function incident_engine.status_promise(timestamptz, text) from public;
grant execute on function incident_engine.status_promise(timestamptz, text) to incident_viewer;
