create or replace function incident_engine.adopt_page(source text, from_tid tid, to_tid tid)
returns incident_engine.adoption_counts
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
-- adopt_statement quotes the names in what is executed.
-- @plpgsql_check_options: security_warnings = off, other_warnings = off
declare
    statement constant text := incident_engine.adopt_statement(source);
    counts incident_engine.adoption_counts := (0::bigint, 0::bigint, 0::bigint);
    of_row incident_engine.adoption_counts;
    row_id tid;
    original jsonb;
begin
    for row_id, original in
        execute format(
            'select t.ctid, to_jsonb(t) from incident_adopted.%I as t where t.ctid >= $1 and t.ctid < $2', source
        ) using from_tid, to_tid
    loop
        counts.rows_read := counts.rows_read + 1;
        begin
            execute statement
            into of_row
            using row_id, format('(%s,%s)', (row_id::text::point)[0], (row_id::text::point)[1] + 1)::tid;
            counts.rows_adopted := counts.rows_adopted + of_row.rows_adopted;
            counts.rows_quarantined := counts.rows_quarantined + of_row.rows_quarantined;
        exception
            when data_exception or integrity_constraint_violation then
                insert into incident_engine.quarantine (source, reason, original)
                values (source, sqlerrm, original);
                counts.rows_quarantined := counts.rows_quarantined + 1;
        end;
    end loop;
    return counts;
end
$$;

comment on function incident_engine.adopt_page(text, tid, tid) is
'Takes over the rows of a disk page of an adopted table one by one; those that cannot be converted are quarantined with the '
'error as the reason.';

revoke all on function incident_engine.adopt_page(text, tid, tid) from public;
