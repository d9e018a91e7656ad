-- Inlined into the board: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.shortened(words text, width integer)
returns text
language sql
immutable
return case
    when length(words) <= width then regexp_replace(words, '[[:cntrl:]]', '?', 'g')
    else regexp_replace(left(words, width - 2), '[[:cntrl:]]', '?', 'g') || '..'
end;

comment on function incident_engine.shortened(text, integer) is
'Words in at most so many characters (3 or more), without control characters: names come from the hosts, and must not reach a terminal '
'as they are.';

revoke all on function incident_engine.shortened(text, integer) from public;
grant execute on function incident_engine.shortened(text, integer) to incident_viewer;
