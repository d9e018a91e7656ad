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
        when c.ffmpeg_status not in ('active', 'stuck', 'stopped', 'unknown')
            then format('ffmpeg_status %L is not active, stuck, stopped or unknown', c.ffmpeg_status)
        when c.monitor_status not in ('active', 'stuck', 'stopped', 'unknown')
            then format('monitor_status %L is not active, stuck, stopped or unknown', c.monitor_status)
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
                row_number() over (partition by %4$s order by c.row_id) as copy
            from converted as c
        ),
        adopted as (
            insert into public.%2$I (%5$s)
            select %5$s from judged where fault is null and copy = 1 order by %4$s
            on conflict do nothing
            returning %4$s
        ),
        quarantined as (
            insert into incident_engine.quarantine (source, reason, original)
            select %2$L, coalesce(j.fault, 'another row has the same (%4$s)'), j.original
            from judged as j
            where j.fault is not null or j.copy > 1 or (%4$s) not in (select %4$s from adopted)
            returning 1
        )
        select
            (select count(*) from judged) as rows_read,
            (select count(*) from adopted) as rows_adopted,
            (select count(*) from quarantined) as rows_quarantined
        $statement$,
        conversions, source, fault, key, columns
    );
end
$$;

comment on function incident_engine.adopt_statement(text) is
'The statement that takes over the rows of an adopted table from one ctid ($1) up to another ($2), and returns how many it '
'read, took over and quarantined.';

revoke all on function incident_engine.adopt_statement(text) from public;
