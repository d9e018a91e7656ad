create or replace function incident_engine.silence_parts(
    silence tstzrange, is_new boolean, failing_at timestamptz, retired_at timestamptz
)
returns table (status text, started_at timestamptz, ended_at timestamptz)
language sql
immutable
set search_path = pg_catalog, pg_temp
begin atomic
    with life as (
        select
            lower(silence) as silent_from,
            upper(silence) as silent_to,
            case when not is_new then failing_at end as failing_from,
            case
                when retired_at is null then upper(silence) else greatest(retired_at, lower(silence))
            end as over_at
    )

    select p.status, p.started_at, p.ended_at
    from life as l
    cross join
        lateral (
            values
            (case when is_new then 'new' else 'unreachable' end, l.silent_from, least(l.failing_from, l.over_at)),
            ('silent', l.failing_from, l.over_at),
            ('retired', l.over_at, l.silent_to)
        ) as p (status, started_at, ended_at)
    where p.started_at < p.ended_at;
end;

comment on function incident_engine.silence_parts(tstzrange, boolean, timestamptz, timestamptz) is
'What a silence is taken for, one row per part: new (it began while being set up), unreachable (could not have been heard), silent (its own '
'fault, from failing_at on), retired (from retired_at on, if it was).';

revoke all on function incident_engine.silence_parts(tstzrange, boolean, timestamptz, timestamptz) from public;
