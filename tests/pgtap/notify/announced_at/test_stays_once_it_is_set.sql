select plan(6);
create function pg_temp.announced() returns text
language sql
as $$ select test.clock(i.announced_at) from system_incident as i where i.component = 'ffmpeg' $$;

-- Learned of at 10:02, in an earlier transaction.
select test.send('stuck', start => '10:01');
select test.announce('10:02');
select is(pg_temp.announced(), '10:02', 'it is announced');

update system_incident set announced_at = now();
select is(pg_temp.announced(), '10:02', 'who writes to the table does not move it');
select test.send('stuck', start => '10:00');
select is(pg_temp.announced(), '10:02', 'nor do late rows that show that it began earlier');
select incident.rebuild();
select is(pg_temp.announced(), '10:02', 'nor does a rebuild');
select incident.add_maintenance('host-1', now() - interval '1 hour', now() + interval '1 hour', 'new disk');
select incident.sweep(now() + interval '2 hours');
select is(pg_temp.announced(), '10:02', 'nor does maintenance');
select test.send('active', '10:10');
select is(pg_temp.announced(), '10:02', 'nor does its end');
select * from finish();
