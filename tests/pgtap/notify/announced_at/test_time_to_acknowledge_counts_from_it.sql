select plan(3);
prepare minutes as select i.detection_to_ack_minutes, i.total_duration_minutes from system_incident as i;

select test.send('active stuck');
select test.announce('10:10');
select incident.acknowledge(test.incident_id(), operator => 'ada', acted_at => test.at('10:15'));
select test.send('active', '10:31');
select results_eq('minutes', 'values (5, 30)', 'it began at 10:01, people could know at 10:10, one did at 10:15');

select test.announce('10:20');
select results_eq('minutes', 'values (0, 30)', 'who knew before anybody was told took no time');
select set_config('incident_engine.writer', 'engine', true);
update system_incident set announced_at = null;
select results_eq('minutes', 'values (14, 30)', 'where nobody could be told, it counts from detection');
select * from finish();
