create or replace function incident_engine.status_response(as_of timestamptz)
returns table (place integer, line integer, topic text, answer text)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with response as (
        select
            coalesce(max(r.incidents), 0) as incidents,
            coalesce(max(r.acknowledged), 0) as acknowledged,
            coalesce(max(r.resolved), 0) as resolved,
            max(r.waiting) as waiting,
            max(r.still_open) as still_open,
            incident_engine.readable_duration(max(r.mtta_seconds)) as mtta,
            incident_engine.readable_duration(max(r.mtta_median_seconds)) as mtta_median,
            incident_engine.readable_duration(max(r.mtta_p95_seconds)) as mtta_p95,
            incident_engine.readable_duration(max(r.mttr_seconds)) as mttr,
            incident_engine.readable_duration(max(r.mttr_median_seconds)) as mttr_median,
            incident_engine.readable_duration(max(r.mttr_p95_seconds)) as mttr_p95,
            incident_engine.lately('7 d', as_of) as lately
        from incident.response_times(as_of - interval '7 days', as_of, 'fleet', as_of) as r
    )

    select
        3 as place, 0 as line, 'MTTA' as topic,
        case
            when r.acknowledged > 0
                then format(
                        '%s in %s (median %s, 95 %% within %s); %s of %s acknowledged, %s waiting',
                        r.mtta, r.lately, r.mtta_median, r.mtta_p95, r.acknowledged, r.incidents, r.waiting
                    )
            else format('nobody acknowledged any of the %s incidents of %s', r.incidents, r.lately)
        end as answer
    from response as r
    union all
    select
        3, 1, 'TOLD',
        format(
            'people were told of %s of %s incidents in %s, on average after %s, at worst after %s',
            t.told, t.announced, incident_engine.lately('7 d', as_of),
            incident_engine.readable_duration(t.mean_seconds), incident_engine.readable_duration(t.worst_seconds)
        )
    from incident.time_to_tell(as_of - interval '7 days', as_of) as t
    where t.told > 0
    union all
    select
        4, 0, 'MTTR',
        case
            when r.resolved > 0
                then format(
                        '%s in %s (median %s, 95 %% within %s); %s of %s resolved, %s still open',
                        r.mttr, r.lately, r.mttr_median, r.mttr_p95, r.resolved, r.incidents, r.still_open
                    )
            else format(
                    'none of the %s incidents of %s %s resolved', r.incidents, r.lately,
                    case when as_of < now() then 'was' else 'is' end
                )
        end
    from response as r;
end;

comment on function incident_engine.status_response(timestamptz) is
'Lines of incident.status: how fast people and systems were.';

revoke all on function incident_engine.status_response(timestamptz) from public;
grant execute on function incident_engine.status_response(timestamptz) to incident_viewer;
