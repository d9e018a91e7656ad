create or replace function incident_engine.take_over(host_names text[])
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    taken incident_engine.touch[];
begin
    with waiting as (
        update incident_engine.error as e
        set repaired_at = now(), attempts = e.attempts + 1, last_attempt_at = now()
        where
            e.host_name = any (host_names)
            and e.repaired_at is null
            and e.sqlstate in ('40P01', '55P03', '40001')
        returning e.touched
    )

    select array_agg(t)
    into taken
    from waiting as w
    cross join lateral jsonb_populate_recordset(null::incident_engine.touch, w.touched) as t;
    return taken;
end
$$;

comment on function incident_engine.take_over(text[]) is
'What waits to be folded on these hosts because its writer could not get their locks (deadlock, timeout): whoever has them now '
'folds it too, and it need not wait for the sweep. Returns the spans, or null, and notes them as repaired.';

revoke all on function incident_engine.take_over(text[]) from public;
