"""Move a host, with its samples and its history, from one site to another.

    make move-host HOST=studio FROM=postgresql://... TO=postgresql://...

Stop its agent first; it keeps its samples in its spool. What both databases do is one transaction in each:
nothing is removed before all of it has arrived. As the owner of pg_incident in both, or as superuser.
"""

from __future__ import annotations

import argparse
import sys

import psycopg
from psycopg import sql

TABLES = """
select schema_name, table_name, columns
from incident_engine.host_tables
order by position, schema_name, table_name
"""


class MoveError(Exception):
    """The host cannot be moved; the message says why."""


def move(host: str, source: str, target: str) -> dict[str, int]:
    """Rows of each table that went along."""
    with psycopg.connect(source) as old, psycopg.connect(target) as new:
        tables = old.execute(TABLES).fetchall()
        check(host, old, new)
        # Nothing that a trigger would do is to be done once more.
        for connection in (old, new):
            for schema, table, _ in tables:
                alter(connection, "disable", schema, table)
        moved = {
            f"{schema}.{table}": copy(old, new, host, schema, table, columns)
            for schema, table, columns in tables
        }
        for schema, table, _ in reversed(tables):
            old.execute(
                sql.SQL("delete from {} where host_name = %s").format(sql.Identifier(schema, table)), [host]
            )
        for connection in (old, new):
            for schema, table, _ in tables:
                alter(connection, "enable", schema, table)
        new.commit()
        old.commit()
        return moved


def check(host: str, old: psycopg.Connection, new: psycopg.Connection) -> None:
    version = "select incident.version()"
    if old.execute(version).fetchone() != new.execute(version).fetchone():
        raise MoveError("the two sites run different versions of pg_incident: upgrade the older one")
    known = "select count(*) from incident.host where host_name = %s"
    if old.execute(known, [host]).fetchone() == (0,):
        raise MoveError(f"there is no host {host} at the site that it is to leave")
    if new.execute(known, [host]).fetchone() != (0,):
        raise MoveError(f"there is a host {host} at the site that it is to go to")
    sealed = "select count(distinct report_id) from incident.sealed_report_line where host_name = %s"
    if (reports := old.execute(sealed, [host]).fetchone()) != (0,):
        raise MoveError(
            f"{reports[0]} sealed reports speak of {host}: what was sealed stays, and so does the host"
        )
    old.execute("select incident_engine.lock_hosts(array[%s])", [host])


def alter(connection: psycopg.Connection, what: str, schema: str, table: str) -> None:
    connection.execute(
        sql.SQL("alter table {} {} trigger user").format(sql.Identifier(schema, table), sql.SQL(what))
    )


def copy(
    old: psycopg.Connection, new: psycopg.Connection, host: str, schema: str, table: str, columns: str
) -> int:
    name = sql.Identifier(schema, table)
    out = sql.SQL("copy (select {} from {} where host_name = {}) to stdout").format(
        sql.SQL(columns), name, sql.Literal(host)
    )
    into = sql.SQL("copy {} ({}) from stdin").format(name, sql.SQL(columns))
    with (
        old.cursor() as source,
        new.cursor() as target,
        source.copy(out) as reading,
        target.copy(into) as writing,
    ):
        for block in reading:
            writing.write(block)
    return new.execute(
        sql.SQL("select count(*) from {} where host_name = %s").format(name), [host]
    ).fetchone()[0]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make move-host", description=__doc__.splitlines()[0])
    parser.add_argument("--host", required=True)
    parser.add_argument("--from", required=True, dest="source")
    parser.add_argument("--to", required=True, dest="target")
    given = parser.parse_args()
    moved = move(given.host, given.source, given.target)
    for table, rows in moved.items():
        if rows:
            print(f"{rows:10,} rows of {table}")
    print(f"Host {given.host} has moved. Next: its agent, with the new database in DATABASE_URL")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (MoveError, psycopg.Error) as error:
        sys.exit(f"move-host: {error}")
