select plan(5);

alter table system_incident add constraint disk_is_full check (host_name <> 'host-1') not valid;
select test.send_one_by_one('active');
update incident.device set registered_at = now() - interval '1 hour'; -- in an earlier transaction
select test.send_one_by_one('stuck stopped active stuck', '10:01');
select is(test.incidents(), '{}', 'nothing could be recorded');
alter table system_incident drop constraint disk_is_full;

select is((select errors_repaired from incident.sweep(test.at('10:05'))), 3, 'the errors are repaired');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:01-10:03', 'ffmpeg high open 10:04-'],
    'and all is as if there had been none'
);
select results_eq(
    'select distinct attempts, repaired_at, last_attempt_at from incident_engine.error',
    $$ values (1, test.at('10:05'), test.at('10:05')) $$,
    'repaired when'
);

select test.is_sound();
select * from finish();
