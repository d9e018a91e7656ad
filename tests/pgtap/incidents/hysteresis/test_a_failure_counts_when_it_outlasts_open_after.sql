select plan(7);

update incident.policy set open_after = '2 minutes';
select test.send_one_by_one('active stuck stuck active stuck unknown');
select is(test.incidents(), '{}', 'two minutes are not reached');
select is(
    (select array_agg(concat_ws(' ', what, test.clock(since), test.clock(counts_from))) from incident.pending),
    null, 'what is unknown is no longer about to count'
);
select test.send_one_by_one('stuck', '10:06');
select is(
    test.incidents(), array['ffmpeg high open 10:04-'],
    'the sample that still fails two minutes later opens it, from the first one on; one in between may be unknown'
);
select is(
    test.timeline(test.incident_id()), array['10:04 detected high by engine'], 'dated back in the timeline, too'
);

select test.send_one_by_one('active stopped stopped', '10:07');
select is(
    (
        select array_agg(concat_ws(' ', component, what, test.clock(since), test.clock(counts_from)))
        from incident.pending
    ),
    array['ffmpeg failure 10:08 10:10'], 'pending: a failure, since when, and from when on it counts'
);
select test.send_one_by_one('stopped stopped', '10:10');
select is(
    test.incidents(), array['ffmpeg high resolved 10:04-10:07', 'ffmpeg critical open 10:08-'],
    'a sample that says nothing new opens it'
);

select test.is_sound();
select * from finish();
