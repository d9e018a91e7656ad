create or replace function incident_engine.fold_safely(
    touched incident_engine.touch[],
    as_of timestamptz,
    until timestamptz default 'infinity',
    spans_at_once integer default 1000
)
returns table (spans_folded integer, spans_left integer)
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    chunk record;
    one_by_one record;
    failure incident_engine.failure;
begin
    spans_folded := 0;
    spans_left := 0;
    for chunk in
        with span as (
            select t.*, min(t.place) over of_host as host_place, count(*) over of_host as of_host
            from unnest(touched) with ordinality as t (host_name, device_name, capture_folder, from_time, to_time, place)
            window of_host as (partition by t.host_name)
        ),

        numbered as (
            select s.*, (count(*) over (order by s.host_place) - s.of_host) / spans_at_once as chunk_no from span as s
        )

        select count(*)::integer as spans, array_agg(distinct n.host_name) as host_names,
            array_agg((
                n.host_name, n.device_name, n.capture_folder, n.from_time, n.to_time
            )::incident_engine.touch order by n.place) as touched
        from numbered as n
        group by n.chunk_no
        order by n.chunk_no
    loop
        if clock_timestamp() >= until then
            perform incident_engine.defer_spans(chunk.touched, '57014', 'the round of the sweep had no time left');
            spans_left := spans_left + chunk.spans;
            continue;
        end if;
        begin
            if not incident_engine.try_lock_hosts(chunk.host_names) then
                raise lock_not_available using message = 'somebody else folds the host';
            end if;
            perform incident_engine.fold(
                chunk.touched || incident_engine.claim_deferred_spans(chunk.host_names), as_of
            );
            spans_folded := spans_folded + chunk.spans;
        exception
            when others then
                get stacked diagnostics
                    failure.sqlstate = returned_sqlstate,
                    failure.message = message_text,
                    failure.detail = pg_exception_detail,
                    failure.hint = pg_exception_hint,
                    failure.context = pg_exception_context;
                if cardinality(chunk.host_names) = 1 then
                    perform incident_engine.record_error(failure, chunk.touched);
                    spans_left := spans_left + chunk.spans;
                else
                    select * into one_by_one from incident_engine.fold_safely(chunk.touched, as_of, until, 1);
                    spans_folded := spans_folded + one_by_one.spans_folded;
                    spans_left := spans_left + one_by_one.spans_left;
                end if;
        end;
    end loop;
    return next;
end
$$;

comment on function incident_engine.fold_safely(incident_engine.touch[], timestamptz, timestamptz, integer) is
'The fold for upkeep. Hosts in the order given, some spans_at_once together and one by one where that fails: an error of one host is '
'recorded, a host that somebody else folds is left for later, and neither holds up the others. What is not begun by until is left for '
'later, too. Returns how many spans were folded and how many are left.';

revoke all on function incident_engine.fold_safely(
    incident_engine.touch[], timestamptz, timestamptz, integer
) from public;
