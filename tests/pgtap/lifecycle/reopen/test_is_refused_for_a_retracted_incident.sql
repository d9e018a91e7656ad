select plan(2);

select test.send('stuck');
select incident.resolve(1, acted_at => test.at('10:00:10'));
select test.send('stuck', '10:01');
select incident.resolve(2, acted_at => test.at('10:01:10'));
select incident.reopen(1, acted_at => test.at('10:01:20'));
select incident.resolve(1, acted_at => test.at('10:01:30'));
select isnt((
    select retracted_at from system_incident
    where incident_id = 2
), null, 'incident 2 never was');
select test.is_refused(
    'select incident.reopen(2)', 'IN001', 'incident 2 cannot be reopened: it was retracted', 'incident.board',
    'and cannot be brought back'
);

select * from finish();
