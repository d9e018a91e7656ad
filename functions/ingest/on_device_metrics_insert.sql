create or replace function incident_engine.on_device_metrics_insert()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    horizon constant timestamptz := now() + incident_engine.clock_tolerance();
    old incident_engine.touch[];
    hosts text[];
    with_news text[] := array[]::text[];
    waits boolean := false;
    touched incident_engine.touch[];
    failure incident_engine.failure;
begin
    hosts := array(select distinct n.host_name from new_rows as n);
    if current_setting('transaction_isolation') <> 'read committed' then
        raise serialization_failure using message = 'rows of a transaction that does not see what others commit';
    end if;

    -- Does any row say something new? Its host stays locked (shared) until the rows are committed, so that a fold elsewhere
    -- waits for them; a host with news is locked exclusively. At first nobody is waited for. When somebody else has one of
    -- the hosts, the block is rolled back, which gives its locks up, and they are waited for in order. Others may fold in
    -- between, and then other rows are news, so it is asked again.
    loop
        begin
            if waits then
                perform incident_engine.lock_hosts(with_news, hosts);
            elsif not incident_engine.try_share_hosts(hosts) then
                raise sqlstate 'IN900';
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
                    or d.monitor_status <> n.monitor_status  -- rule: a changed monitor status counts
                    or d.state_started_at >= n.timestamp  -- rule: late rows count; a row as old as the present state counts
                    or d.recheck_until >= n.timestamp  -- rule: after a cut the next sample is looked at
                    or n.timestamp > horizon
                    -- A sweep that could not see it yet does not find its gaps.
                    or d.registered_at = now()
                    or d.device_id <> n.device_id
                    or d.video_device is distinct from n.video_device
            );
            if touched = '{}' then
                return null;
            end if;
            if (select min(t.from_time) from unnest(touched) as t)
                < now() - (select r.accept_late from incident.retention as r)
            then
                old := array(
                    select (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
                    from new_rows as n
                    where n.created_at - n.timestamp > (select r.accept_late from incident.retention as r)
                );
                perform incident_engine.note_old_samples(old);
                touched := array(select unnest(touched) except select unnest(old));
            end if;
            with_news := array(select unnest(with_news) union select t.host_name from unnest(touched) as t);
            if incident_engine.try_lock_hosts(with_news) then
                perform incident_engine.fold(touched || incident_engine.claim_deferred_spans(with_news));
                return null;
            end if;
            raise sqlstate 'IN900';
        exception
            when sqlstate 'IN900' then waits := true;
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
        touched := array(
            select (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
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
