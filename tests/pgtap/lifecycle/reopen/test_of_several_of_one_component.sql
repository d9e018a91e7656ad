select plan(4);

select test.send('stuck stuck');
select incident.resolve(1, acted_at => test.at('10:01:10'));
select test.send('stuck', '10:02');
select incident.resolve(2, acted_at => test.at('10:02:10'));
select is(
    (select array_agg(b.state order by b.id) from incident.reopen(array[1, 2]) as b), array['open', 'retracted'],
    'of two parts of one failure the first takes in the second'
);
select test.is_sound();

select test.send('stuck active stuck active', device_name => 'Device 2');
select is(
    (select array_agg(b.state order by b.id) from incident.reopen(array[3, 4]) as b), array['resolved', 'open'],
    'of two failures the last is reopened'
);
select test.is_sound();

select * from finish();
