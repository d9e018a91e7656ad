create or replace function incident_engine.check_subscription(site integer, version text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    workers constant integer := current_setting('max_logical_replication_workers')::integer;
    subscriptions constant bigint := (
        select count(*) from pg_subscription as u where u.subname <> 'pg_incident_site_' || check_subscription.site
    );
begin
    if site is null then
        raise exception using
            errcode = 'no_data_found',
            message = 'the site does not publish under this name',
            hint = 'At the site: make publish SITE=name';
    end if;
    if site = incident_engine.own_site() then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = format('this database and the site have the same number, %s', site),
            detail = 'Their incidents would have the same numbers.',
            hint = 'Give a new database another one before its first row: make migrate SITE=...';
    end if;
    if
        subscriptions = 0
        and not exists (select from pg_subscription as u where u.subname = 'pg_incident_site_' || check_subscription.site)
        and exists (select from incident.device)
    then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = 'this database has devices of its own: it is a site and cannot follow others',
            hint = 'Make a new database for the central one.';
    end if;
    if version <> incident.version() then
        raise warning 'the site runs pg_incident %, this database %', version, incident.version()
            using hint = 'Upgrade the central database first: it takes columns that a site does not have yet, not the other way round.';
    end if;
    -- One applies the changes of a site, another copies its tables at the beginning.
    if subscriptions + 2 > workers then
        raise exception using
            errcode = 'configuration_limit_exceeded',
            message = format('max_logical_replication_workers is %s: too few for %s sites', workers, subscriptions + 1),
            hint = format(
                'alter system set max_logical_replication_workers = %s; alter system set max_worker_processes = %s; and '
                'restart the server.', subscriptions + 3, subscriptions + 11
            );
    end if;
end
$$;

comment on function incident_engine.check_subscription(integer, text) is
'Whether this database can follow a site of this number, with this version of pg_incident, and has workers for it. Errors: P0002, 55000, '
'53400. Warns where the versions differ.';

revoke all on function incident_engine.check_subscription(integer, text) from public;
