create or replace function incident_engine.adopt_rows(source text, from_tid tid, to_tid tid)
returns incident_engine.adoption_counts
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
-- adopt_statement quotes the names in what is executed.
-- @plpgsql_check_options: security_warnings = off, other_warnings = off
declare
    pages constant bigint := ((to_tid::text::point)[0] - (from_tid::text::point)[0])::bigint;
    half constant tid := format('(%s,0)', (from_tid::text::point)[0] + pages / 2)::tid;
    counts incident_engine.adoption_counts;
    rest incident_engine.adoption_counts;
begin
    begin
        execute incident_engine.adopt_statement(source)
        into counts
        using from_tid, to_tid;
        return counts;
    exception
        when data_exception or integrity_constraint_violation then null; -- a row cannot be converted: which?
    end;

    if pages <= 1 then
        return incident_engine.adopt_page(source, from_tid, to_tid);
    end if;
    counts := incident_engine.adopt_rows(source, from_tid, half);
    rest := incident_engine.adopt_rows(source, half, to_tid);
    return (
        counts.rows_read + rest.rows_read,
        counts.rows_adopted + rest.rows_adopted,
        counts.rows_quarantined + rest.rows_quarantined
    )::incident_engine.adoption_counts;
end
$$;

comment on function incident_engine.adopt_rows(text, tid, tid) is
'Takes over the rows of an adopted table from one row address, up to another, in one go. When a row among them cannot be '
'converted, half by half, down to the pages that hold such rows.';

revoke all on function incident_engine.adopt_rows(text, tid, tid) from public;
