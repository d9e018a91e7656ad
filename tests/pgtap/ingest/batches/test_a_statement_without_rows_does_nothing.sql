select plan(2);

select lives_ok(
    'insert into system_device_metrics select * from system_device_metrics', 'an insert of nothing is fine'
);
select is((select count(*) from incident_engine.error), 0::bigint, 'for the engine, too');

select * from finish();
