create or replace function incident_engine.likeness(one text, other text)
returns double precision
language sql
immutable
set search_path = pg_catalog, pg_temp
begin atomic
    with pair as (
        select w.is_one, substr(w.letters, n, 2) as letters
        from (
            values
            (true, '^' || lower(regexp_replace(one, '[^[:alnum:]]', '', 'g'))),
            (false, '^' || lower(regexp_replace(other, '[^[:alnum:]]', '', 'g')))
        ) as w (is_one, letters)
        cross join generate_series(1, length(w.letters) - 1) as n
    )

    select
        coalesce(2.0 * sum(least(p.in_one, p.in_other)) / nullif(sum(p.in_one + p.in_other), 0), 0)::double precision
    from (
        select
            count(*) filter (where c.is_one) as in_one,
            count(*) filter (where not c.is_one) as in_other
        from pair as c
        group by c.letters
    ) as p;
end;

comment on function incident_engine.likeness(text, text) is
'How alike two names are, from 0 to 1: the share of pairs of neighbouring letters that they have in common (Dice''s coefficient), whatever '
'their case and punctuation.';

revoke all on function incident_engine.likeness(text, text) from public;
