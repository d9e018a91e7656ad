-- Included by migrate.sql. Takes every table and view that it may change, before it changes any, and so fast or not at all that it
-- cannot deadlock with hosts that write meanwhile, in whatever order they use them: within less time than it takes to find a
-- deadlock it has them all, or gives all back and tries again. Everybody else waits until the deployment is over.

do $$
declare
    patience constant text := current_setting('lock_timeout'); -- 0: for ever
    began_at constant timestamptz := clock_timestamp();
    ours regclass[];
    relation regclass;
    deadline timestamptz;
begin
    ours := array(
        select c.oid::regclass
        from pg_class as c
        join pg_namespace as n on c.relnamespace = n.oid
        where
            c.relkind in ('r', 'p', 'v')
            and not c.relispartition
            and pg_has_role(c.relowner, 'usage')
            -- Locking a view locks what it reads: not the system's own catalogs (whose numbers are below 16384).
            and not exists (
                select from pg_rewrite as r
                where r.ev_class = c.oid and r.ev_action::text ~ ':relid ([0-9]{1,4}|1[0-5][0-9]{3})\M'
            )
            and (
                n.nspname in ('incident', 'incident_engine')
                or n.nspname = 'public' and c.relname in ('system_metrics', 'system_device_metrics', 'system_incident')
            )
        order by c.relkind = 'v', n.nspname <> 'public', c.relname desc -- metrics first: there new writers begin
    );

    loop
        deadline := clock_timestamp() + interval '800 ms';
        begin
            foreach relation in array ours loop
                perform set_config(
                    'lock_timeout',
                    greatest(ceil(1000 * extract(epoch from deadline - clock_timestamp())), 1) || 'ms',
                    true
                );
                execute format('lock table %s in access exclusive mode', relation);
            end loop;
            exit;
        exception
            when lock_not_available then
                if clock_timestamp() > began_at + nullif(patience::interval, interval '0') then
                    raise exception using
                        errcode = 'lock_not_available',
                        message = format('tables of pg_incident have been in use for %s', patience),
                        detail = (
                            -- The oldest first: writers come and go, what does not end is what it waited for.
                            select string_agg(u.said, '; ' order by u.since asc nulls first, u.pid asc)
                            from (
                                select l.pid, a.xact_start as since, format(
                                    '%s uses %s',
                                    case when l.pid is null then 'a prepared transaction (pg_prepared_xacts)' else
                                        format(
                                            'process %s of %s (%s for %s s)',
                                            l.pid, concat_ws(' with ', a.usename, nullif(a.application_name, '')), a.state,
                                            floor(extract(epoch from clock_timestamp() - a.xact_start))
                                        )
                                    end,
                                    string_agg(distinct l.relation::regclass::text, ', ')
                                ) as said
                                from pg_locks as l
                                left join pg_stat_activity as a on l.pid = a.pid
                                where l.relation = any (ours) and l.granted and l.pid is distinct from pg_backend_pid()
                                group by l.pid, a.usename, a.application_name, a.state, a.xact_start
                            ) as u
                        ),
                        hint = 'Nothing was changed. Let what uses them end, then deploy again, or wait for longer: '
                            '-v lock_timeout=1min.';
                end if;
                perform pg_sleep(0.05 + random() * 0.1);
        end;
    end loop;
    perform set_config('lock_timeout', patience, true);
end
$$;
