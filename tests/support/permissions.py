"""Who may do what, read from a database: tests/security/permissions.csv and docs/permissions.md."""

from __future__ import annotations

import contextlib
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
# Whatever a site's default privileges, or a grant on everything, give in schema public.
DEFAULT_GRANTS = "all_default_grants"
EVERYTHING = f"""
create role {DEFAULT_GRANTS};
grant all on all tables in schema public to {DEFAULT_GRANTS};
grant all on all sequences in schema public to {DEFAULT_GRANTS};
"""
A_ROW = {
    "system_metrics": "insert into public.system_metrics (host_name, timestamp) values ('a-host', now())",
    "system_device_metrics": "insert into public.system_device_metrics"
    " (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status)"
    " values ('a-host', 'd', 'd', 'f', '2020-01-01', 'stuck')",
}
REFUSALS = (
    *(psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported),
    psycopg.errors.DivisionByZero,
)
TRIALS = {
    # What finds no row is let do nothing.
    "delete": "with done as (delete from {} returning 1) select 1 / count(*) from done",
    "insert": "insert into {} (host_name) values ('a-host')",
    "select": "select 1 / count(*) from {}",
    "truncate": "truncate {} cascade",
    "update": "with done as (update {} set host_name = host_name returning 1) select 1 / count(*) from done",
}

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
and what else protects what. A login has what its groups have; the owner of the schemas may do everything. A
role with all default grants is one to which the site grants everything in schema public; what it is let do
with the tables there was tried.

Whatever is not listed, nobody but the owner may touch: {hidden}.
"""


def permissions(url: str) -> list[Any]:
    """A row for each object: kind, name, and for each of ROLES its privileges in one text; last those of a
    role with all default grants, which with tables are what it was let do."""
    options = "-c search_path=pg_catalog"
    with psycopg.connect(url, row_factory=namedtuple_row, options=options) as connection:
        connection.execute(EVERYTHING)
        # A row for each to be tried on.
        for table in ("system_metrics", "system_device_metrics"):
            connection.execute(A_ROW[table])
        rows = connection.execute(OBJECTS, {"roles": [*ROLES, DEFAULT_GRANTS]}).fetchall()
        for row in rows:
            if row.kind == "table" and row.held[-1]:
                row.held[-1] = tried(connection, row.name)
            elif row.held[-1] == row.held[-2]:
                row.held[-1] = ""  # everybody's
        connection.rollback()
        return rows


def tried(connection: psycopg.Connection[Any], table: str) -> str:
    allowed = []
    for privilege, statement in TRIALS.items():
        name = table.replace("_YYYYMMDD", "_default")
        with contextlib.suppress(*REFUSALS), connection.transaction(force_rollback=True):
            connection.execute(f"set local role {DEFAULT_GRANTS}")
            connection.execute(statement.format(name))
            allowed.append(privilege)
    return " ".join(allowed)


def as_csv(url: str) -> str:
    """tests/security/permissions.csv, for a migrated database."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["kind", "object", *ROLES, DEFAULT_GRANTS])
    table.writerows([row.kind, row.name, *row.held] for row in permissions(url))
    return text.getvalue()


def as_markdown(url: str) -> str:
    """docs/permissions.md, for a migrated database."""
    rows = permissions(url)
    hidden = [row for row in rows if not any(row.held)]
    counts = [f"{len(list(group))} {kind}s" for kind, group in groupby(hidden, key=lambda row: row.kind)]
    lines = [MARKDOWN.format(hidden=", ".join(counts).replace("1 schemas", "schema incident_engine"))]
    shown = [number for number, role in enumerate([*ROLES, DEFAULT_GRANTS]) if role != "public"]
    names = [
        *(role.removeprefix("incident_") for role in ROLES if role != "public"),
        "role with all default grants",
    ]
    for kind, group in groupby((row for row in rows if any(row.held)), key=lambda row: row.kind):
        lines += [f"## {kind.capitalize()}s", ""]
        lines += [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
        for row in group:
            lines.append(f"| {row.name} | {' | '.join(row.held[number] for number in shown)} |")
        lines.append("")
    return "\n".join(lines)
