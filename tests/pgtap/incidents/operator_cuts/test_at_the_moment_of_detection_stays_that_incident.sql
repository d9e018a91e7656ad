select plan(3);

select test.send('stuck', '10:21');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:21'));
select test.send('stuck', '10:20');
select is(test.incidents(), array['ffmpeg high resolved 10:20-10:21'], 'a late row makes the same incident longer');
select is((
    select resolved_by from system_incident
    where incident_id = 1
), 'ada', 'which ada resolved');

select test.is_sound();
select * from finish();
