create or replace view incident.not_adopted as
select
    q.source as table_name,
    q.reason,
    q.original as row_as_it_was,
    q.quarantined_at as found_at,
    q.taken_over
from incident_engine.quarantine as q
order by q.quarantine_id;

comment on view incident.not_adopted is 'Rows of an earlier monitoring that could not be taken over, or not as they were, and why.';
comment on column incident.not_adopted.table_name is 'The table, in schema incident_adopted.';
comment on column incident.not_adopted.reason is 'The rule that the row breaks.';
comment on column incident.not_adopted.taken_over is 'True: it was, save for what the reason says.';

revoke all on incident.not_adopted from public;
grant select on incident.not_adopted to incident_viewer;
