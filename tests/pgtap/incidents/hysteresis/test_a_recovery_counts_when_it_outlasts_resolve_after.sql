select plan(5);

update incident.policy set resolve_after = '3 minutes';
select test.send_one_by_one('stuck active active stopped active active active');
select is(
    test.incidents(), array['ffmpeg critical open 10:00-'], 'neither recovery has lasted; the relapse made it worse'
);
select is(
    (
        select array_agg(concat_ws(' ', component, what, test.clock(since), test.clock(counts_from)))
        from incident.pending
    ),
    array['ffmpeg recovery 10:04 10:07'], 'pending: a recovery, since when, and from when on it counts'
);
select test.send_one_by_one('active', '10:07');
select is(
    test.incidents(), array['ffmpeg critical resolved 10:00-10:04'], 'resolved when the recovery began'
);
select is_empty('select * from incident.pending', 'nothing is pending any more');

select test.is_sound();
select * from finish();
