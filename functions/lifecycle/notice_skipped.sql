create or replace function incident_engine.notice_skipped(
    refusals incident_engine.refusal[], named integer, note_is_kept boolean
)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    most constant integer := 20;
    reasons text;
begin
    if refusals = '{}' then
        return;
    end if;
    if named = 1 then
        raise notice '%', refusals[1].message using hint = refusals[1].hint;
        return;
    end if;
    reasons := (
        select string_agg(r.message, e'\n' order by r.incident_id)
        from unnest(refusals[:most]) as r
    );
    if cardinality(refusals) > most then
        reasons := format(e'%s\nand %s more', reasons, cardinality(refusals) - most);
    end if;
    raise notice '% of % incidents skipped', cardinality(refusals), named
        using
            detail = reasons,
            hint = case
                when note_is_kept then 'The note is kept as a comment of those that had nothing left to do.'
                else 'The others went through.'
            end;
end
$$;

comment on function incident_engine.notice_skipped(incident_engine.refusal[], integer, boolean) is
'Says once which of the incidents named a verb left as they are, and why: the first 20.';

revoke all on function incident_engine.notice_skipped(incident_engine.refusal[], integer, boolean) from public;
