"""The rows of a round into PostgreSQL: one transaction, each row once."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from host_agent.config import ConfigError
from host_agent.spool import Row

# Devices first: the row of the host makes the database look for silent devices.
TABLES = ("system_device_metrics", "system_metrics")
STATEMENT_SECONDS = 20
# Used unless DATABASE_URL says otherwise: a dead network ends a round, it does not hang it.
CONNECTION_DEFAULTS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 15_000,  # milliseconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "fallback_application_name": "host-agent",
}
# SQLSTATE classes of errors that are about the row itself: data exception, integrity constraint, check
# option, program limit, raised by a trigger. Every other error is about the connection, the server or its
# set-up, and the rows wait for it to pass.
ROW_ERRORS = ("22", "23", "44", "54", "P0")


def connection_parameters() -> dict[str, Any]:
    """From DATABASE_URL; what it leaves out libpq takes from PG* variables, service and password files."""
    try:
        given = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
    except psycopg.ProgrammingError:  # its message would show the password
        raise ConfigError(
            "DATABASE_URL is not a connection string. It looks like postgresql://user@host:5432/dbname"
        ) from None
    return CONNECTION_DEFAULTS | given


def connect() -> psycopg.Connection[Any]:
    # No prepared statements: a connection pooler may give each transaction another server connection.
    return psycopg.connect(**connection_parameters(), autocommit=True, prepare_threshold=None)


def store_system_metrics(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> list[Row]:
    """Insert the rows of a server (its own alone) or of a host (its own and its devices'), of one round or
    several, in one transaction. A row that is there already is left as it is.

    Returns the rows that the database refused, each with the reason; all others are stored. Any other error
    leaves nothing behind.
    """
    try:
        with connection.transaction():
            insert(connection, rows)
            return []
    except psycopg.Error as error:
        if not is_about_a_row(error):
            raise

    refused = []
    with connection.transaction():
        for row in rows:
            try:
                with connection.transaction():  # a savepoint
                    insert(connection, [row])
            except psycopg.Error as error:
                if not is_about_a_row(error):
                    raise
                refused.append(replace(row, rejected=f"{error.sqlstate} {error.diag.message_primary}"))
    return refused


def insert(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> None:
    """One statement a table and set of columns; the server converts the JSON to the types of the columns."""
    connection.execute(f"set local statement_timeout = '{STATEMENT_SECONDS}s'")
    ordered = sorted(rows, key=lambda row: (TABLES.index(row.table), sorted(row.values), row.id))
    for (table, *columns), group in groupby(ordered, key=lambda row: (row.table, *sorted(row.values))):
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        target = sql.Identifier("public", table)
        statement = sql.SQL(
            "insert into {target} ({names})"
            " select {names} from json_populate_recordset(null::{target}, %s::json) on conflict do nothing"
        ).format(target=target, names=names)
        connection.execute(statement, [json.dumps([row.values for row in group])])


def advice(error: BaseException, host_name: str) -> str:
    """What to do about an error that does not say so itself."""
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        allow = f"select incident.allow_agent(LOGIN, '{host_name}')"
        return f". May this login write rows of this host? {allow}"
    return ""


def is_about_a_row(error: psycopg.Error) -> bool:
    return (error.sqlstate or "")[:2] in ROW_ERRORS
