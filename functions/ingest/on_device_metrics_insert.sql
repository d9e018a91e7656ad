create or replace function incident_engine.on_device_metrics_insert()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    horizon constant timestamptz := now() + interval '5 minutes';
    exclusively boolean;
    hosts text[];
    touched incident_engine.touch[];
    failure incident_engine.failure;
begin
    -- Does any row say something new? The hosts stay locked (shared) until the rows are committed, so that a fold
    -- elsewhere waits for them. When there is news this block is rolled back: that gives the shared locks up again
    -- before they are taken exclusively, and two writers cannot wait for each other. Others may fold in between, and
    -- then other rows are news, so it is asked again.
    foreach exclusively in array array[false, true] loop
        begin
            if exclusively then
                hosts := (select array_agg(distinct n.host_name) from new_rows as n);
                perform incident_engine.lock_hosts(hosts);
            else
                perform pg_advisory_xact_lock_shared(7101, h.number)
                from (
                    select distinct incident_engine.host_lock(n.host_name) as number
                    from new_rows as n
                    order by number
                ) as h;
            end if;

            -- array(), since an aggregate would take as long to set up as the rest of a small statement's question.
            touched := array(
                select (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
                from new_rows as n
                left join incident.device as d
                    on d.host_name = n.host_name and d.device_name = n.device_name and d.capture_folder = n.capture_folder
                where
                    d.host_name is null
                    or d.ffmpeg_status <> n.ffmpeg_status
                    or d.monitor_status <> n.monitor_status
                    or d.state_started_at >= n.timestamp
                    or d.attention_until >= n.timestamp
                    or n.timestamp > horizon
                    or d.device_id <> n.device_id
                    or d.video_device is distinct from n.video_device
            );
            if exclusively then
                touched := touched || incident_engine.take_over(hosts);
            end if;
            if touched = '{}' then
                return null;
            end if;
            if exclusively then
                perform incident_engine.fold(touched);
                return null;
            end if;
            raise sqlstate 'IN900';
        exception
            when sqlstate 'IN900' then null;
        end;
    end loop;
    return null;

-- The fail-safe: whatever goes wrong in here, the metric rows are stored.
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        touched := (
            select array_agg(
                (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
            )
            from new_rows as n
        );
        perform incident_engine.record_error(failure, touched);
        return null;
end
$$;

comment on function incident_engine.on_device_metrics_insert() is
'Statement trigger on system_device_metrics: finds the rows that say something new and folds them. Rows that say nothing '
'new cost one hash join. An error is recorded in incident_engine.error and never loses a row.';

revoke all on function incident_engine.on_device_metrics_insert() from public;

create or replace trigger fold_new_samples
after insert on public.system_device_metrics
referencing new table as new_rows
for each statement execute function incident_engine.on_device_metrics_insert();
