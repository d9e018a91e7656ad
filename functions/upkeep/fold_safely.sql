create or replace function incident_engine.fold_safely(touched incident_engine.touch[], as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    of_host record;
    folded integer := 0;
    failure incident_engine.failure;
begin
    for of_host in
        select array_agg(t) as touched, count(*)::integer as spans
        from unnest(touched) as t
        group by t.host_name
        order by incident_engine.host_lock(t.host_name), t.host_name
    loop
        begin
            perform incident_engine.fold(of_host.touched, as_of);
            folded := folded + of_host.spans;
        exception
            when others then
                get stacked diagnostics
                    failure.sqlstate = returned_sqlstate,
                    failure.message = message_text,
                    failure.detail = pg_exception_detail,
                    failure.hint = pg_exception_hint,
                    failure.context = pg_exception_context;
                perform incident_engine.record_error(failure, of_host.touched);
        end;
    end loop;
    return folded;
end
$$;

comment on function incident_engine.fold_safely(incident_engine.touch[], timestamptz) is
'The fold for upkeep, host by host: an error of one host is recorded and does not hold up the others. Returns how many spans '
'were folded.';

revoke all on function incident_engine.fold_safely(incident_engine.touch[], timestamptz) from public;
