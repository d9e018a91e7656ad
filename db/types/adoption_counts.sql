-- What a step of taking over has done.
create type incident_engine.adoption_counts as (
    rows_read bigint,
    rows_adopted bigint,
    rows_quarantined bigint
);
