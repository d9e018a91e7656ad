create or replace view incident.site_health as
select
    s.site,
    s.name,
    s.version,
    nullif(s.swept_to, '-infinity') as swept_to,
    extract(epoch from now() - nullif(s.swept_to, '-infinity')) as lag_seconds,
    s.errors_waiting,
    s.slot_bytes,
    (
        select count(*) from incident.host as h
        where h.site = s.site
    ) as hosts,
    nullif(
        concat_ws(
            '; ',
            case
                when s.site <> o.site and not coalesce(l.is_enabled, false) then 'its subscription is not enabled'
                when s.site <> o.site and not l.is_running
                    then 'its changes are not being applied: see the log of this server'
                when l.is_copying then 'its tables are still being copied'
            end,
            case
                when s.swept_to = '-infinity' then 'its sweep has never run'
                when s.swept_to < now() - interval '3 minutes'
                    then 'not heard for ' || incident_engine.readable_duration(extract(epoch from now() - s.swept_to))
            end,
            case
                when s.version <> incident.version()
                    then 'runs pg_incident ' || s.version || ', this database ' || incident.version()
            end,
            case when s.errors_waiting > 0 then s.errors_waiting || ' errors of its engine wait for repair' end,
            case
                when s.slot_bytes > 1000000000 then 'it keeps ' || pg_size_pretty(s.slot_bytes) || ' of write-ahead log'
            end
        ),
        ''
    ) as problem
from incident.site as s
cross join lateral (select incident_engine.own_site() as site) as o
left join incident_engine.line_to_site() as l on s.site = l.site
order by s.site;

comment on view incident.site_health is
'Each site, as far as this database knows: at a central one all that it follows, at a site that publishes itself.';
comment on column incident.site_health.swept_to is 'Up to when its answers hold; null when its sweep has never run.';
comment on column incident.site_health.lag_seconds is 'How long ago that is: with a sweep each minute about a minute.';
comment on column incident.site_health.slot_bytes is 'Write-ahead log that it keeps for the central database that is furthest behind.';
comment on column incident.site_health.problem is 'What is wrong, in words; null when nothing is.';

revoke all on incident.site_health from public;
grant select on incident.site_health to incident_viewer;
