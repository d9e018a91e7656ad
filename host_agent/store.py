"""Rows into PostgreSQL, each once. What it refuses is found by halving, and the rest goes through."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
# option, program limit. Raised in a trigger they say that its code has trouble, which passes.
ROW_ERRORS = ("22", "23", "44", "54")
# Those about the connection or the server as a whole, wherever they come up: nothing can be stored.
SERVER_ERRORS = ("08", "25", "40", "53", "55", "57", "58", "XX")
MOST_REFUSALS = 64  # that are trouble, in one attempt: the rest need not be tried


@dataclass(frozen=True)
class Outcome:
    """Rows that are in the database (no reason), or why they are not."""

    rows: Sequence[Row]
    reason: str | None = None
    for_good: bool = False  # the rows themselves are at fault
    of_host: bool = False  # this login may not write rows of this host


def connection_parameters() -> dict[str, Any]:
    """From DATABASE_URL; what it leaves out libpq takes from PG* variables, service and password files."""
    try:
        given = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
    except psycopg.ProgrammingError:  # its message would show the password
        raise ConfigError(
            "DATABASE_URL is not a connection string. It looks like postgresql://user@host:5432/dbname"
        ) from None
    defaults = dict(CONNECTION_DEFAULTS)
    if "PGCONNECT_TIMEOUT" in os.environ:
        del defaults["connect_timeout"]
    return defaults | given


def connect() -> psycopg.Connection[Any]:
    # No prepared statements: a connection pooler may give each transaction another server connection.
    return psycopg.connect(**connection_parameters(), autocommit=True, prepare_threshold=None)


def clock_offset(connection: psycopg.Connection[Any]) -> float:
    """Seconds that this host's clock is ahead of the server's, give or take half the way there and back."""
    before = time.time()
    ((server,),) = connection.execute("select extract(epoch from clock_timestamp())::float8")
    return round((before + time.time()) / 2 - server, 3)


def store_system_metrics(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> list[Row]:
    """Insert the rows of a server (its own alone) or of a host (its own and its devices'), of one round or
    several. A row that is there already is left as it is.

    Returns the rows that are not stored, each with the reason. An error about the connection or the server
    is raised.
    """
    return [row for outcome in deliver(connection, rows) for row in with_reason(outcome)]


def deliver(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> Iterator[Outcome]:
    """Insert the rows of one host in one transaction; where it refuses, by halves, each a transaction."""
    parts, refusals = [list(rows)], 0
    while parts:
        part = parts.pop()
        try:
            with connection.transaction():
                insert(connection, part)
        except psycopg.Error as error:
            outcome = verdict(error, part)
            refusals += not outcome.for_good
            if outcome.of_host or len(part) == 1 or refusals > MOST_REFUSALS:
                yield outcome
            else:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
        else:
            yield Outcome(part)


def verdict(error: psycopg.Error, rows: Sequence[Row]) -> Outcome:
    """What an error means for these rows; raises it when it is about more than them."""
    state = error.sqlstate or ""
    reason = f"{state} {error.diag.message_primary}"
    if state == "42501":
        return Outcome(rows, reason, of_host=True)
    in_code = state[:2] == "P0" or " function " in (error.diag.context or "")
    no_partition = state == "23514" and not error.diag.constraint_name
    if (in_code and state[:2] not in SERVER_ERRORS) or no_partition:
        return Outcome(rows, reason)
    if state[:2] in ROW_ERRORS:
        return Outcome(rows, reason, for_good=True)
    raise error


def with_reason(outcome: Outcome) -> list[Row]:
    """The rows that are not stored, for the spool."""
    if outcome.reason is None:
        return []
    if outcome.for_good:
        return [replace(row, rejected=outcome.reason, trouble=None) for row in outcome.rows]
    return [replace(row, trouble=outcome.reason) for row in outcome.rows]


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


def advice(reason: str, host_name: str) -> str:
    """What to do about an error that does not say so itself."""
    if reason.startswith("42501"):
        allow = f"grant incident_agent to LOGIN; select incident.allow_agent(LOGIN, '{host_name}')"
        return f". May this login write rows of host '{host_name}'? {allow}"
    return ""
