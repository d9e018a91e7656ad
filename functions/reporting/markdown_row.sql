create or replace function incident_engine.markdown_row(variadic cells text[])
returns text
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
return '| ' || array_to_string(
    array(
        select
            regexp_replace(
                -- a backslash before whatever Markdown could read as more than a letter
                regexp_replace(coalesce(c.cell, ''), e'([\\\\`*\\[\\]<&|])', e'\\\\\\1', 'g'),
                '[[:cntrl:]]+', ' ', 'g'
            )
        from unnest(cells) with ordinality as c (cell, place)
        order by c.place
    ),
    ' | '
) || ' |';

comment on function incident_engine.markdown_row(text[]) is
'A row of a Markdown table; what people or hosts wrote stays text: no markup, no further column or line.';

revoke all on function incident_engine.markdown_row(text[]) from public;
grant execute on function incident_engine.markdown_row(text[]) to incident_viewer;
