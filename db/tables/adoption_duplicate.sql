-- Rows of an adopted table that say something else than another of the same key and time, which counts.
create table incident_engine.adoption_duplicate (
    source text not null,
    row_id tid not null,
    constraint adoption_duplicate_pkey primary key (source, row_id)
);
