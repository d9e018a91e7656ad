-- One line about maintenance, for people at a terminal of 100 columns.
create type incident.maintenance_line as (
    id bigint,
    state text,
    place text,
    starts text,
    ends text,
    reason text
);
