select plan(4);

select is((select r.keep_samples from incident.retention as r), null, 'by default samples are kept for ever');
select is((incident.set_retention('30 days')).keep_samples, interval '30 days', 'thirty days');
select test.is_refused(
    'select incident.set_retention(''1 day'')', '22023', '2 days or longer, but is 1 day', 'null', 'a day is too short'
);
select is((incident.set_retention(null)).keep_samples, null, 'for ever again');

select * from finish();
