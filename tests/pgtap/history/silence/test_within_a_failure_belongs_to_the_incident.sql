select plan(4);

select test.send_one_by_one('stuck - - - - - - - - - stuck');
select incident.sweep(test.at('10:11'));
select is(
    test.history(),
    array['10:00 stuck/active', '10:01 no_data/no_data', '10:10 stuck/active'],
    'failing, silent, failing'
);
select is(test.incidents(), array['ffmpeg high open 10:00-'], 'is one incident: nobody saw it healthy');

select test.send_one_by_one('- - - - - - - - - active', '10:11');
select incident.sweep(test.at('10:21'));
select
    is(test.incidents(), array['ffmpeg high resolved 10:00-10:20'], 'it ends with the first healthy sample after it');

select test.is_sound();
select * from finish();
