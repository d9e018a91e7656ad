create table incident_engine.deployed_object (
    type text not null,
    identity text not null,
    constraint deployed_object_pkey primary key (type, identity)
);
