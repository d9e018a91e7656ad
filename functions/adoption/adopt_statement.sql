create or replace function incident_engine.adopt_statement(source text)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    is_sample constant boolean := source = 'system_device_metrics';
    key constant text := case when is_sample then 'host_name, device_name, capture_folder, timestamp' else 'host_name, timestamp' end;
    columns text;
    conversions text;
    fault text;
    -- What people called a state that is not one of ours is kept.
    words constant text := $cte$,
        worded as (
            insert into incident_engine.quarantine (source, reason, original, taken_over)
            select 'system_device_metrics', w.reason, j.original, true
            from judged as j
            cross join lateral (
                select string_agg(format('%s %L is taken as unknown', s.name, s.word), ', ' order by s.name) as reason
                from (
                    values ('ffmpeg_status', j.original ->> 'ffmpeg_status'), ('monitor_status', j.original ->> 'monitor_status')
                ) as s (name, word)
                where
                    lower(btrim(s.word)) not in ('', 'error', 'unknown')
                    and incident_engine.adopted_status(s.word) = 'unknown'
            ) as w
            where j.fault is null and not j.is_copy and w.reason is not null
        )$cte$;
begin
    -- The columns that both tables have, converted to what they are now.
    select string_agg(quote_ident(n.attname), ', ' order by n.attnum),
        string_agg(
            case
                when is_sample and n.attname in ('ffmpeg_status', 'monitor_status')
                    then format('incident_engine.adopted_status(t.%I::text)', n.attname)
                when n.attname = 'device_id' then 'coalesce(t.device_id::text, t.device_name::text)'
                when n.attname = 'created_at' then 'coalesce(t.created_at::timestamptz, now())'
                when n.attname = 'id' and o.atttypid <> 'uuid'::regtype then 'gen_random_uuid()'
                when n.attname = 'id' then 'coalesce(t.id, gen_random_uuid())'
                else format('t.%I::%s', n.attname, format_type(n.atttypid, n.atttypmod))
            end || ' as ' || quote_ident(n.attname), ', ' order by n.attnum
        )
    into columns, conversions
    from pg_attribute as n
    join pg_attribute as o using (attname)
    where
        n.attrelid = to_regclass('public.' || quote_ident(source))
        and o.attrelid = to_regclass('incident_adopted.' || quote_ident(source))
        and n.attnum > 0 and not n.attisdropped and not o.attisdropped;

    fault := $case$
        when coalesce(c.host_name, '') = '' then 'host_name is null or empty'
        when c.timestamp is null or not isfinite(c.timestamp) then 'timestamp is null or infinite'
    $case$;
    if is_sample then
        fault := fault || $case$
        when coalesce(c.device_name, '') = '' then 'device_name is null or empty'
        when coalesce(c.capture_folder, '') in ('', 'unknown') then 'capture_folder is null, empty or unknown'
        $case$;
    end if;

    return format(
        $statement$
        with converted as (
            select to_jsonb(t) as original, t.ctid as row_id, %1$s
            from incident_adopted.%2$I as t
            where t.ctid >= $1 and t.ctid < $2
        ),
        judged as (
            select c.*, case %3$s end as fault,
                d.row_id is not null as is_copy
            from converted as c
            left join incident_engine.adoption_duplicate as d on d.source = %2$L and d.row_id = c.row_id
        ),
        adopted as (
            insert into public.%2$I (%5$s)
            select %5$s from judged where fault is null and not is_copy order by %4$s
            on conflict do nothing
            returning %4$s
        ),
        quarantined as (
            insert into incident_engine.quarantine (source, reason, original)
            select %2$L, coalesce(j.fault, 'another row has the same (%4$s)'), j.original
            from judged as j
            where j.fault is not null or j.is_copy or (%4$s) not in (select %4$s from adopted)
            returning 1
        )%6$s
        select
            (select count(*) from judged) as rows_read,
            (select count(*) from adopted) as rows_adopted,
            (select count(*) from quarantined) as rows_quarantined
        $statement$,
        conversions, source, fault, key, columns, case when is_sample then words end
    );
end
$$;

comment on function incident_engine.adopt_statement(text) is
'The statement that takes over the rows of an adopted table from one ctid ($1) up to another ($2), and returns how many it '
'read, took over and quarantined.';

revoke all on function incident_engine.adopt_statement(text) from public;
