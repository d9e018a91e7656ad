create or replace function incident_engine.remove_old_rows(as_of timestamptz)
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    -- Only so many a round, so that no round takes long.
    rows_at_once constant integer := 20000;
    -- What is to go was declared by an earlier round: every fold that began before has ended or waits for our locks.
    line constant timestamptz := (select s.samples_from from incident_engine.sweep_state as s);
    kept_from constant timestamptz := (
        select date_trunc('day', (least(as_of, now()) - r.keep_samples) at time zone 'UTC') at time zone 'UTC'
        from incident.retention as r
    );
begin
    if kept_from > line then
        update incident_engine.sweep_state as s set samples_from = kept_from where s.only_row;
    end if;
    if line = '-infinity' then
        return 0;
    end if;

    perform set_config('incident_engine.writer', 'upkeep', true);
    delete from public.system_metrics as m
    where m.ctid = any (array(
        select o.ctid
        from public.system_metrics as o
        where
            o.timestamp < line
            and not exists (
                select from public.system_incident as i
                where
                    i.host_name = o.host_name
                    and i.component = 'system'
                    and i.retracted_at is null
                    and not i.as_recorded
                    and i.detected_at < line
                    and o.timestamp >= i.detected_at - interval '1 day'
                    and coalesce(i.resolved_at >= line, true)
            )
        limit rows_at_once
    ));
    perform set_config('incident_engine.writer', '', true);
    delete from incident_engine.error as e
    where e.ctid = any (array(
        select o.ctid from incident_engine.error as o where o.repaired_at < line limit rows_at_once
    ));
    perform incident_engine.drop_stragglers(line);
    return incident_engine.drop_samples(line);
end
$$;

comment on function incident_engine.remove_old_rows(timestamptz) is
'Retention: declares the days that are older than keep_samples as gone, so that nothing is folded from them any more, and removes '
'what an earlier round declared so: samples a day at a time, rows of system_metrics and repaired errors. Returns how many '
'partitions it dropped.';

revoke all on function incident_engine.remove_old_rows(timestamptz) from public;
