create or replace function incident_engine.claim_deferred_spans(host_names text[])
returns incident_engine.touch[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    claimed incident_engine.touch[];
begin
    with waiting as (
        update incident_engine.error as e
        set repaired_at = now(), attempts = e.attempts + 1, last_attempt_at = now()
        where
            e.repaired_at is null
            and e.host_name = any (host_names)
            and incident_engine.is_deferral(e.sqlstate)
        returning e.touched
    )

    select array_agg(t)
    into claimed
    from waiting as w
    cross join lateral jsonb_populate_recordset(null::incident_engine.touch, w.touched) as t;
    return claimed;
end
$$;

comment on function incident_engine.claim_deferred_spans(text[]) is
'What waits to be folded on these hosts because its writer could not (somebody held the host, or its transaction could not see what '
'others committed): whoever folds the host now folds it too, and it need not wait for the sweep. Returns the spans, or null, and '
'notes them as repaired.';

revoke all on function incident_engine.claim_deferred_spans(text[]) from public;
