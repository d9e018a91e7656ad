"""Who may do what, read from a database: tests/security/permissions.csv and docs/permissions.md."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

ROLES = (
    *("incident_agent", "incident_viewer", "incident_operator", "incident_admin", "incident_notifier"),
    "public",
)

# Everything that pg_incident installs. The day partitions count as one: what anybody may do with any of them.
OBJECTS = """
with roles (name) as (select unnest(%(roles)s::text[])),

relations as (
    select
        c.oid,
        case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end as kind,
        regexp_replace(format('%%I.%%I', n.nspname, c.relname), '_[0-9]{8}$', '_YYYYMMDD') as name
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where
        c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        and (
            n.nspname in ('incident', 'incident_engine')
            or (n.nspname = 'public' and c.relname like 'system\\_%%')
        )
),

held (kind, name, role, privilege) as (
    select 'schema', n.nspname::text, r.name, p.name
    from pg_namespace as n, roles as r, (values ('usage'), ('create')) as p (name)
    where n.nspname in ('incident', 'incident_engine') and has_schema_privilege(r.name, n.oid, p.name)
    union all
    select t.kind, t.name, r.name, p.name
    from relations as t, roles as r, (
        values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')
    ) as p (name)
    where
        t.kind <> 'sequence'
        and case
            when p.name in ('select', 'insert', 'update', 'references')
                then has_any_column_privilege(r.name, t.oid, p.name)
            else has_table_privilege(r.name, t.oid, p.name)
        end
    union all
    select t.kind, t.name, r.name, p.name
    from relations as t, roles as r, (values ('usage'), ('select'), ('update')) as p (name)
    where t.kind = 'sequence' and has_sequence_privilege(r.name, t.oid, p.name)
    union all
    select 'function', f.oid::regprocedure::text, r.name, 'execute'
    from pg_proc as f, roles as r
    where
        f.pronamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
        and has_function_privilege(r.name, f.oid, 'execute')
),

objects (kind, name) as (
    select 'schema', n.nspname::text from pg_namespace as n where n.nspname in ('incident', 'incident_engine')
    union
    select t.kind, t.name from relations as t
    union
    select 'function', f.oid::regprocedure::text
    from pg_proc as f
    where f.pronamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
)

select o.kind, o.name, array(
    select coalesce((
        select string_agg(distinct h.privilege, ' ' order by h.privilege)
        from held as h
        where h.kind = o.kind and h.name = o.name and h.role = r.name
    ), '')
    from unnest(%(roles)s::text[]) with ordinality as r (name, position)
    order by r.position
) as held
from objects as o
order by array_position(array['schema', 'table', 'view', 'sequence', 'function'], o.kind), o.name collate "C"
"""

MARKDOWN = """# Who may do what

Written by `make docs` from a fresh install; do not edit. [Security](security.md) says what the groups are for
and what else protects what. A login has what its groups have; the owner of the schemas may do everything.

Whatever is not listed, nobody but the owner may touch: {hidden}.
"""


def permissions(url: str) -> list[Any]:
    """A row for each object: kind, name, and for each of ROLES its privileges in one text."""
    with psycopg.connect(url, row_factory=namedtuple_row, options="-c search_path=pg_catalog") as connection:
        return connection.execute(OBJECTS, {"roles": list(ROLES)}).fetchall()


def as_csv(url: str) -> str:
    """tests/security/permissions.csv, for a migrated database."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["kind", "object", *ROLES])
    table.writerows([row.kind, row.name, *row.held] for row in permissions(url))
    return text.getvalue()


def as_markdown(url: str) -> str:
    """docs/permissions.md, for a migrated database."""
    rows = permissions(url)
    hidden = [row for row in rows if not any(row.held)]
    counts = [f"{len(list(group))} {kind}s" for kind, group in groupby(hidden, key=lambda row: row.kind)]
    lines = [MARKDOWN.format(hidden=", ".join(counts).replace("1 schemas", "schema incident_engine"))]
    names = [role.removeprefix("incident_") for role in ROLES if role != "public"]
    for kind, group in groupby((row for row in rows if any(row.held)), key=lambda row: row.kind):
        lines += [f"## {kind.capitalize()}s", ""]
        lines += [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
        for row in group:
            lines.append(f"| {row.name} | {' | '.join(row.held[: len(names)])} |")
        lines.append("")
    return "\n".join(lines)
