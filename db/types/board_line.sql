-- One line about an incident, for people at a terminal of 100 columns.
create type incident.board_line as (
    id bigint,
    severity text,
    state text,
    place text,
    since text,
    who text,
    what text
);
