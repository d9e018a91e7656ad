select plan(4);

select test.send('active stopped');
select test.send('active', host_name => 'host-2');
select incident.void_samples('host-1', null, tstzrange(null, null), 'a cloned host');
select is(
    (select array_agg(d.host_name) from incident.device as d), array['host-2'], 'its devices are not known any more'
);
select is(test.incidents(), array['ffmpeg critical resolved 10:01-10:01 retracted'], 'its incident never was');
select is_empty('select * from incident.check_invariants()', 'it is consistent');
select test.send('active', start => '10:05');
select is((select count(*) from incident.device), 1::bigint, 'what comes in the period counts for nothing either');

select * from finish();
