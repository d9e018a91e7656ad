create or replace view incident.agent_health as
with latest as (
    select m.host_name, m.server_name, m.timestamp as reported_at, m.agent
    from incident.host as h
    cross join
        lateral (
            select s.host_name, s.server_name, s.timestamp, s.agent
            from public.system_metrics as s
            where s.host_name = h.host_name and s.timestamp <= now() + incident_engine.clock_tolerance()
            order by s.timestamp desc
            limit 1
        ) as m
    where jsonb_typeof(m.agent) = 'object'
),

-- What an agent sends is not to be trusted with a cast: one bad value would hide all hosts.
typed as (
    select
        l.host_name, l.server_name, l.reported_at,
        l.agent ->> 'version' as version,
        jsonb_path_query_first(l.agent, '$.backlog_rows ? (@.type() == "number")')::numeric as backlog_rows,
        jsonb_path_query_first(l.agent, '$.backlog_age_seconds ? (@.type() == "number")')::numeric
            as backlog_age_seconds,
        jsonb_path_query_first(l.agent, '$.quarantined ? (@.type() == "number")')::numeric as quarantined,
        jsonb_path_query_first(l.agent, '$.clock_offset_seconds ? (@.type() == "number")')::numeric
            as clock_offset_seconds,
        l.agent ->> 'last_error' as last_error,
        l.agent ->> 'last_error_at' as last_error_at,
        (
            select coalesce(array_agg(f #>> '{}' order by f #>> '{}'), '{}')
            from jsonb_path_query(l.agent, '$.unreadable_folders[*] ? (@.type() == "string")') as f
        ) as unreadable_folders,
        (
            select coalesce(array_agg(f #>> '{}' order by f #>> '{}'), '{}')
            from jsonb_path_query(l.agent, '$.failed_readings[*] ? (@.type() == "string")') as f
        ) as failed_readings,
        l.agent ->> 'temperature_sensor' as temperature_sensor,
        coalesce(l.agent -> 'spool_in_memory' = 'true', false) as spool_in_memory
    from latest as l
)

select
    t.*,
    nullif(
        concat_ws(
            '; ',
            case
                when t.backlog_rows > 0
                    then format('%s rows wait, for %s min', t.backlog_rows, floor(t.backlog_age_seconds / 60))
            end,
            case when t.quarantined > 0 then format('%s rows refused', t.quarantined) end,
            case
                when abs(t.clock_offset_seconds) >= 60
                    then format(
                            'clock %s min %s', floor(abs(t.clock_offset_seconds) / 60),
                            case when t.clock_offset_seconds > 0 then 'ahead' else 'behind' end
                        )
            end,
            case
                when t.unreadable_folders <> '{}' then 'cannot read ' || array_to_string(t.unreadable_folders, ', ')
            end,
            case when t.failed_readings <> '{}' then 'no ' || array_to_string(t.failed_readings, ', ') end,
            case when t.spool_in_memory then 'spool in memory' end
        ),
        ''
    ) as problem
from typed as t
order by t.host_name;

comment on view incident.agent_health is
'How the agent of each host is doing, as its latest row tells: what it could not send, read or tell.';
comment on column incident.agent_health.reported_at is 'Time of that row.';
comment on column incident.agent_health.backlog_rows is 'Rows that waited in its spool before that round.';
comment on column incident.agent_health.backlog_age_seconds is 'How long the oldest of them had waited.';
comment on column incident.agent_health.quarantined is 'Rows that the database refused: host-agent spool list.';
comment on column incident.agent_health.clock_offset_seconds is
'How far its clock was ahead of the server''s, as of its last connection.';
comment on column incident.agent_health.last_error is 'What it last logged as an error, at last_error_at.';
comment on column incident.agent_health.unreadable_folders is 'Capture folders it could not read or that did not answer.';
comment on column incident.agent_health.failed_readings is 'Readings of the host that failed: cpu, memory, load ...';
comment on column incident.agent_health.temperature_sensor is 'The sensor that cpu_temperature_celsius is of.';
comment on column incident.agent_health.spool_in_memory is 'True: its spool file could not be used.';
comment on column incident.agent_health.problem is 'What is wrong, in words; null: nothing.';

revoke all on incident.agent_health from public;
grant select on incident.agent_health to incident_viewer;
