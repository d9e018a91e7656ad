create table incident_engine.all_hosts ();
