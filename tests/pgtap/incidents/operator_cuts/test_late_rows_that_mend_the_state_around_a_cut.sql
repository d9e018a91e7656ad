select plan(3);

-- a silence after the cut, filled later: the state that the cut lies in is whole again
select test.send('stuck', '10:00');
select incident.resolve(1, operator => 'ada', acted_at => test.at('10:00:30'));
select incident.sweep(test.at('10:09'));
select test.send('stuck', '10:10');
select is((test.incidents())[2], 'ffmpeg high open 10:10-', 'the first failing sample after the cut');

select test.send_one_by_one('stuck stuck stuck stuck stuck stuck stuck stuck stuck', '10:01');
select test.send('stuck', '10:00:40');
select is((test.incidents())[2], 'ffmpeg high open 10:00:40-', 'is looked for among late rows, too');

select test.is_sound();
select * from finish();
