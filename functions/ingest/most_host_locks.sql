create or replace function incident_engine.most_host_locks()
returns integer
language sql
stable
return current_setting('max_locks_per_transaction')::integer * current_setting('max_connections')::integer / 3;

comment on function incident_engine.most_host_locks() is
'How many hosts a transaction locks one by one: a third of the server''s lock table (2,133 as PostgreSQL is delivered). A statement of '
'more hosts locks all hosts at once.';

revoke all on function incident_engine.most_host_locks() from public;
