-- What the engine does by itself is written down as `engine`; no person may be.
select plan(8);


select throws_ok(q.call, '22023', 'operator must not be Engine', q.call)
from (
    values
    ($$ select incident.set_policy(no_data_after => '5 min', operator => 'Engine') $$),
    ($$ select incident.unset_policy('close_after', operator => 'Engine') $$),
    ($$ select incident.set_retention('30 days', operator => 'Engine') $$),
    ($$ select incident.end_maintenance(1, operator => 'Engine') $$),
    ($$ select incident.end_recurring_maintenance(1, operator => 'Engine') $$),
    ($$ select incident.add_recurring_maintenance(
        'host-1', '{sun}', '02:00', '1 hour', 'UTC', 'updates', operator => 'Engine'
    ) $$),
    ($$ select incident.retire_device('host-1', null, null, 'sold', operator => 'Engine') $$),
    ($$ select incident.reinstate_device('host-1', null, null, operator => 'Engine') $$)
) as q (call);

select * from finish();
