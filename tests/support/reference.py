"""docs/reference.md: what people call and read, written from the database catalogue and its COMMENTs."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from tests.support import manifest

HEADER = """# Reference

Everything people touch in the database. Written by `make docs` from the database's COMMENTs; do not edit.
"""

SECTIONS = {
    "lifecycle": "## Functions for people working on incidents",
    "reporting": "## Functions that answer questions",
    "upkeep": "## Functions for upkeep",
    "engine": "## Functions of the engine",
}

FUNCTIONS = """
select
    p.proname as name,
    pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_result(p.oid) as result,
    obj_description(p.oid, 'pg_proc') as comment,
    p.proacl as grants
from pg_proc as p
where p.pronamespace = 'incident'::regnamespace and p.prorettype <> 'trigger'::regtype
order by p.proname, arguments
"""

RELATIONS = """
select
    c.oid,
    c.oid::regclass::text as name,
    obj_description(c.oid, 'pg_class') as comment
from pg_class as c
where c.relkind = any(%(kinds)s)
    and not c.relispartition
    and (
        c.relnamespace = 'incident'::regnamespace
        or (c.relnamespace = 'public'::regnamespace and c.relname like 'system\\_%%')
    )
order by c.relnamespace::regnamespace::text desc, c.relname
"""

COLUMNS = """
select
    a.attname as name,
    format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as required,
    col_description(a.attrelid, a.attnum) as comment
from pg_attribute as a
where a.attrelid = %s and a.attnum > 0 and not a.attisdropped
order by a.attnum
"""


def reference(url: str) -> str:
    """The whole file, for a migrated database."""
    with psycopg.connect(url, row_factory=namedtuple_row) as connection:
        return "\n".join([HEADER, *functions(connection), *views(connection), *tables(connection)])


def functions(connection: psycopg.Connection[Any]) -> list[str]:
    folder_of = {path.split("/")[1].removesuffix(".sql"): path.split("/")[0] for path in manifest.functions()}
    rows = connection.execute(FUNCTIONS).fetchall()
    lines = []
    for folder, title in SECTIONS.items():
        found = [row for row in rows if folder_of.get(row.name) == folder]
        if found:
            lines += [title, ""]
        for row in found:
            lines += [
                f"### incident.{row.name}",
                "",
                "```sql",
                signature(row),
                "```",
                "",
                row.comment or "",
                "",
            ]
    return lines


def signature(function: Any) -> str:
    """name(arguments) -> result, one argument a line when there are several."""
    arguments = function.arguments
    if len(arguments) > 60:
        arguments = "\n    " + ",\n    ".join(split_arguments(arguments)) + "\n"
    return f"incident.{function.name}({arguments})\nreturns {function.result}"


def split_arguments(text: str) -> list[str]:
    """Split at the commas that stand outside of parentheses and quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == "'"
        depth += {"(": 1, ")": -1}.get(character, 0) if not quoted else 0
        if character == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def views(connection: psycopg.Connection[Any]) -> list[str]:
    return ["## Views", "", *relations(connection, ["v", "m"])]


def tables(connection: psycopg.Connection[Any]) -> list[str]:
    return ["## Tables", "", *relations(connection, ["r", "p"])]


def relations(connection: psycopg.Connection[Any], kinds: list[str]) -> list[str]:
    lines = []
    for relation in connection.execute(RELATIONS, {"kinds": kinds}).fetchall():
        lines += [
            f"### {relation.name}",
            "",
            relation.comment or "",
            "",
            "| column | type | |",
            "| --- | --- | --- |",
        ]
        for column in connection.execute(COLUMNS, [relation.oid]).fetchall():
            name = f"{column.name}*" if column.required else column.name
            lines.append(f"| {name} | {column.type} | {cell(column.comment)} |")
        lines += ["", "\\* never null", ""] if "r" in kinds else [""]
    return lines


def cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")
