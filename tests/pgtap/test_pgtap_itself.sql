select plan(2);
select has_table('incident_engine', 'migration', 'the ledger is there');
select ok(true, 'x');
select * from finish();
