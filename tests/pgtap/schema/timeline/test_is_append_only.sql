select plan(6);

select test.send('stuck');

select test.is_refused(w.statement, '0A000', 'append-only', 'incident.comment', w.statement)
from (
    values
    ('update incident.timeline set note = ''it was not me'''),
    ('update incident.timeline set note = note where false'),
    ('delete from incident.timeline'),
    ('truncate incident.timeline')
) as w (statement);
select throws_ok(
    'delete from system_incident', '23503', null, 'an incident cannot be deleted, for it has a timeline'
);
select is(test.timeline(test.incident_id()), array['10:00 detected high by engine'], 'all is still there');

select * from finish();
