select plan(3);

select test.send('active stuck');
select throws_ok(
    $$ select test.send('stopped error', start => '10:02') $$, '23514', null, 'a statement with a wrong row fails'
);
select is((select count(*) from system_device_metrics), 2::bigint, 'as a whole');
select is(test.incidents(), array['ffmpeg high open 10:01-'], 'and opens, changes, resolves nothing');

select * from finish();
