create or replace view incident_engine.published_tables as
select
    t.position,
    t.schema_name,
    t.table_name,
    t.told_by
from (
    -- In the order in which rows can be removed: what refers to others first.
    values
    (1, 'incident', 'timeline', 'host'),
    (2, 'incident', 'policy_change', 'number'),
    (3, 'incident', 'outage', 'site'),
    (4, 'public', 'system_incident', 'host'),
    (5, 'incident', 'device_state', 'host'),
    (6, 'incident', 'system_state', 'host'),
    (7, 'incident', 'host_condition', 'host'),
    (8, 'incident', 'maintenance', 'host'),
    (9, 'incident', 'recurring_maintenance', 'host'),
    (10, 'incident', 'retirement', 'host'),
    (11, 'incident', 'void_period', 'host'),
    (12, 'incident', 'policy', 'site'),
    (13, 'incident', 'move', 'host'),
    (14, 'incident', 'device', 'host'),
    (15, 'incident', 'host', 'site'),
    (16, 'incident', 'site', 'site')
) as t (position, schema_name, table_name, told_by);

comment on view incident_engine.published_tables is
'What a site publishes, and by what a row tells its site: by its own column, by its host, or by its number. What is told to whom is the '
'affair of each site and stays there.';

revoke all on incident_engine.published_tables from public;
