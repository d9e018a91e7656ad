select plan(5);
alter table system_metrics disable trigger sweep_when_due;
update incident.policy set new_device_grace = '0';

select test.send_host('10 10 10', host_name => 'server-1');
select incident.sweep(test.at('10:05'));
select is(test.incidents('server-1', 'server-1'), array['system critical open 10:03-'], 'is silent like any other');
select test.send_host('10', '10:10', host_name => 'server-1');
select test.send_host('10', '10:15', host_name => 'server-1');
select is(test.incidents('server-1', 'server-1'), array['system critical resolved 10:03-10:10'], 'and back');

select incident.sweep(test.at('10:15'));
select is(
    test.incidents('server-1', 'server-1'),
    array['system critical resolved 10:03-10:10', 'system critical resolved 10:11-10:15'],
    'a silence that ended before any round saw it is found'
);

select test.send_host('10 10 10', '10:11', host_name => 'server-1');
select is(
    test.incidents('server-1', 'server-1'),
    array['system critical resolved 10:03-10:10', 'system critical resolved 10:11-10:15 retracted'],
    'and taken back when its rows come from the spool'
);

select test.is_sound();
select * from finish();
