select plan(3);
select test.send('active stuck');
delete from incident.notification;
select count(*) from incident.backtest(open_after => '0');
select is_empty('select from incident.notification', 'a backtest leaves nothing behind');

select set_config('session_replication_role', 'replica', true);
delete from incident.timeline;
delete from system_incident;
select set_config('session_replication_role', 'origin', true);
select isnt_empty('select from incident.rebuild()', 'a rebuild finds an incident that was lost');
select matches((test.told())[1], 'suppressed: found by a rebuild$', 'and tells nobody');
select * from finish();
