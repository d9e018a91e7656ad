create or replace function incident_engine.adopt_next(source text, blocks_at_once integer default 50)
returns text
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    progress incident_engine.adoption;
    chunk incident_engine.adoption_counts;
    to_block bigint;
    from_tid tid;
    to_tid tid;
    tenths bigint; -- done before
begin
    select a.* into strict progress from incident_engine.adoption as a where a.source = adopt_next.source for update;
    if progress.finished_at is not null then
        return format('%s: done', source);
    end if;

    to_block := least(progress.next_block + blocks_at_once, progress.blocks);
    tenths := 10 * progress.next_block / greatest(progress.blocks, 1);
    from_tid := format('(%s,0)', progress.next_block)::tid;
    to_tid := format('(%s,0)', to_block)::tid;
    chunk := incident_engine.adopt_rows(source, from_tid, to_tid);

    perform incident_engine.tell_nobody('taken over from an earlier monitoring');
    update incident_engine.adoption as a
    set next_block = to_block,
        rows_read = a.rows_read + chunk.rows_read,
        rows_adopted = a.rows_adopted + chunk.rows_adopted,
        rows_quarantined = a.rows_quarantined + chunk.rows_quarantined,
        finished_at = case when to_block = a.blocks then now() end
    where a.source = adopt_next.source
    returning a.* into progress;
    if progress.finished_at is not null then
        delete from incident_engine.adoption_duplicate as d where d.source = adopt_next.source;
    end if;
    if progress.finished_at is null and 10 * to_block / progress.blocks = tenths then
        return null;
    end if;
    return format(
        '%s: %s %% read, %s rows taken over, %s quarantined', source,
        case when progress.blocks = 0 then 100 else 100 * to_block / progress.blocks end,
        progress.rows_adopted, progress.rows_quarantined
    );
end
$$;

comment on function incident_engine.adopt_next(text, integer) is
'One step of taking over an adopted table: the next blocks_at_once disk pages of it (8 kB each). Returns where it stands, '
'at each tenth.';

revoke all on function incident_engine.adopt_next(text, integer) from public;
