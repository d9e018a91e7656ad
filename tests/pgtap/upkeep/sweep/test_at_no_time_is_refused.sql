select plan(3);

select test.is_refused('select incident.sweep(null)', '22004', 'as_of', null, 'as_of => null');
select test.is_refused('select incident.sweep(''infinity'')', '22023', 'as_of', null, 'the end of time');
select test.is_refused('select incident.sweep(''-infinity'')', '22023', 'as_of', null, 'its beginning');

select * from finish();
