create or replace function incident_engine.fold_host_rows()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    horizon constant timestamptz := now() + incident_engine.clock_tolerance();
    -- Any scope's: whether a row reaches the limit of its own host is the fold's to say.
    least_limit incident.policy;
    most_limit incident.policy;
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

    select min(p.cpu_percent_limit), min(p.memory_percent_limit), min(p.disk_percent_limit),
        min(p.temperature_celsius_limit)
    into least_limit.cpu_percent_limit, least_limit.memory_percent_limit, least_limit.disk_percent_limit,
        least_limit.temperature_celsius_limit
    from incident.policy as p;
    select max(p.cpu_percent_limit), max(p.memory_percent_limit), max(p.disk_percent_limit),
        max(p.temperature_celsius_limit)
    into most_limit.cpu_percent_limit, most_limit.memory_percent_limit, most_limit.disk_percent_limit,
        most_limit.temperature_celsius_limit
    from incident.policy as p;

    -- As for the samples of devices: shared locks where there is no news, exclusive ones where there is.
    loop
        begin
            if waits then
                perform incident_engine.lock_hosts(with_news, hosts);
            elsif not incident_engine.try_share_hosts(hosts) then
                raise sqlstate 'IN900';
            end if;

            touched := array(
                select (n.host_name, '', '', n.timestamp, n.timestamp)::incident_engine.touch
                from new_rows as n
                left join incident.host as h on h.host_name = n.host_name
                where
                    h.host_name is null
                    or h.state_started_at >= n.timestamp
                    or h.is_silent
                    or n.timestamp > horizon
                    or case when 'cpu' = any (h.over_limits)
                        then n.cpu_percent < most_limit.cpu_percent_limit
                        else n.cpu_percent >= least_limit.cpu_percent_limit end
                    or case when 'memory' = any (h.over_limits)
                        then n.memory_percent < most_limit.memory_percent_limit
                        else n.memory_percent >= least_limit.memory_percent_limit end
                    or case when 'disk' = any (h.over_limits)
                        then n.disk_percent < most_limit.disk_percent_limit
                        else n.disk_percent >= least_limit.disk_percent_limit end
                    or case when 'temperature' = any (h.over_limits)
                        then n.cpu_temperature_celsius < most_limit.temperature_celsius_limit
                        else n.cpu_temperature_celsius >= least_limit.temperature_celsius_limit end
            );
            if touched = '{}' then
                return null;
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

-- The fail-safe: whatever goes wrong in here, the rows are stored.
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        touched := array(
            select (n.host_name, '', '', n.timestamp, n.timestamp)::incident_engine.touch from new_rows as n
        );
        perform incident_engine.record_error(failure, touched);
        return null;
end
$$;

comment on function incident_engine.fold_host_rows() is
'Statement trigger on system_metrics: finds the rows that say something new about their host (unknown, silent, over a limit or no '
'longer, earlier than what is known) and folds them. Other rows cost one hash join. An error is recorded in incident_engine.error '
'and never loses a row.';

revoke all on function incident_engine.fold_host_rows() from public;

create or replace trigger fold_new_host_rows
after insert on public.system_metrics
referencing new table as new_rows
for each statement execute function incident_engine.fold_host_rows();
