select plan(3);

select test.send_one_by_one('active stuck');
select incident.acknowledge(1, 'on it', 'ada', test.at('10:01:10'));
select incident.assign(1, 'grace', 'knows the box', 'ada', test.at('10:01:20'));
select test.send('stopped', '10:02');
select incident.comment(1, 'power supply', 'grace', test.at('10:02:30'));
select test.send('active', '10:03');
select incident.reopen(1, 'saw it flicker', 'grace', test.at('10:03:30'));
select incident.resolve(1, 'replaced', 'dead capacitor', 'grace', test.at('10:20'));
select incident.close(1, note => 'filed', operator => 'ada', acted_at => test.at('10:30'));
select incident.comment(1, 'invoice 7', 'ada', test.at('10:40'));

select is(
    test.timeline(1),
    array[
        '10:01 detected high by engine',
        '10:01:10 acknowledged open -> in_progress by ada: on it',
        '10:01:20 assigned grace by ada: knows the box',
        '10:02 severity_changed high -> critical by engine',
        '10:02:30 commented by grace: power supply',
        '10:03 resolved in_progress -> resolved by engine',
        '10:03:30 reopened resolved -> open by grace: saw it flicker',
        '10:20 resolved open -> resolved by grace: replaced',
        '10:30 closed resolved -> closed by ada: filed',
        '10:40 commented by ada: invoice 7'
    ],
    'who did what when, from what to what, and why'
);
select is(
    (select array_agg(distinct recorded_by::text) from incident.timeline), array[session_user::text],
    'and by which login, whoever was named'
);

select test.is_sound();
select * from finish();
