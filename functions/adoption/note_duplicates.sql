create or replace function incident_engine.note_duplicates(source text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
-- The names in what is executed are quoted.
-- @plpgsql_check_options: security_warnings = off
declare
    key constant text := case source
        when 'system_device_metrics' then 't.host_name, t.device_name, t.capture_folder, t.timestamp'
        else 't.host_name, t.timestamp'
    end;
begin
    execute format(
        $statement$
        insert into incident_engine.adoption_duplicate (source, row_id)
        select %1$L, n.row_id
        from (
            select
                t.ctid as row_id,
                row_number() over (partition by %2$s order by to_jsonb(t) ->> 'created_at', to_jsonb(t)::text, t.ctid) as copy
            from incident_adopted.%1$I as t
            where (%2$s) in (select %2$s from incident_adopted.%1$I as t group by %2$s having count(*) > 1)
        ) as n
        where n.copy > 1
        on conflict do nothing
        $statement$,
        source, key
    );
end
$$;

comment on function incident_engine.note_duplicates(text) is
'Which of several rows of one key and time counts in an adopted table: the first that was created, as for live rows, wherever it lies on '
'the disk.';

revoke all on function incident_engine.note_duplicates(text) from public;
