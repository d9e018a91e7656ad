select plan(6);

select test.send('stuck');
select lives_ok(call, call)
from unnest(
        array[
            'select incident.acknowledge(incident_id => 1, note => ''on it'', operator => ''ada'')',
            'select incident.assign(incident_id => 1, assignee => ''ada'', note => ''mine'', operator => ''ada'')',
            'select incident.comment(incident_id => 1, note => ''well'', operator => ''ada'')',
            'select incident.resolve(incident_id => 1, note => ''ok'', root_cause => ''cable'', operator => ''ada'')',
            'select incident.reopen(incident_id => 1, note => ''no'', operator => ''ada'')',
            'select incident.resolve(1), incident.close(incident_id => 1, root_cause => ''cable'', note => ''ok'')'
        ]
    ) as call;

select * from finish();
