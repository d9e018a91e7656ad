select plan(6);

select test.send('active');
insert into system_metrics (host_name, timestamp) values ('host-1', now());
select is(
    test.history(), array['10:00 active/active', '10:01 no_data/no_data'], 'with the first row of a host''s metrics'
);
select is((select swept_to from incident_engine.sweep_state), now(), 'up to now');

update incident_engine.sweep_state
set swept_to = now() - interval '59 seconds';
insert into system_metrics (host_name, timestamp) values ('host-1', now() + interval '1 second');
select
    is((select swept_to from incident_engine.sweep_state), now() - interval '59 seconds', 'not again within a minute');

update incident_engine.sweep_state
set swept_to = now() - interval '60 seconds';
insert into system_metrics (host_name, timestamp) values ('host-1', now() + interval '2 seconds');
select is((select swept_to from incident_engine.sweep_state), now(), 'when it was a minute ago');

-- and an error in it never loses the row
alter table incident_engine.sweep_state add constraint broken check (finished_at is null) not valid;
update incident_engine.sweep_state
set swept_to = now() - interval '60 seconds', finished_at = null;
select lives_ok(
    $$ insert into system_metrics (host_name, timestamp) values ('host-1', now() + interval '3 seconds') $$,
    'a broken sweep does not refuse the row'
);
select results_eq(
    'select host_name, sqlstate, message ~ ''broken'' from incident_engine.error', $$ values ('', '23514', true) $$,
    'it is an error to look at'
);

select * from finish();
