"""What a device costs that fails, recovers or falls silent does not depend on how many do at once.

Cost is counted in rows and index entries read, which no other load on the machine changes. At the first
outage of a site nobody has analysed what it fills: statistics say that there are no incidents, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.bench.engine import insert, reporting, sweep
from tests.support.servers import Database, Server

READ = """
select
    (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables)
    + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes)
"""
FEW, MANY = 50, 500


@pytest.mark.parametrize("analysed", [True, False], ids=["analysed_before", "never_analysed"])
def test_cost_of_each_does_not_depend_on_how_many(
    private_server: Callable[..., Server], analysed: bool
) -> None:
    server = private_server(autovacuum="off")  # what is analysed, and when, is the test's to say
    reads = {}
    for devices in (FEW, MANY):
        database = server.database("migrated")
        reads[devices] = read_for_each(database, devices, analysed)
        server.drop(database)
    grown = {
        what: (few, many)
        for what, few in reads[FEW].items()
        for many in [reads[MANY][what]]
        if many > few * 1.5 + 5
    }
    assert not grown, f"rows and index entries read for each of {FEW} and of {MANY} devices: {grown}"


def read_for_each(database: Database, devices: int, analysed: bool) -> dict[str, float]:
    reads: dict[str, float] = {}
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=30)
    with database.connect() as connection:
        insert(connection, start, "active", 0, devices - 1)
        insert(connection, start + timedelta(minutes=1), "active", 0, devices - 1)
        if analysed:
            connection.execute("vacuum analyze")
        for what, minute, status in (
            ("fail", 2, "stopped"),
            ("recover", 3, "active"),
            ("fail after a silence", 12, "stuck"),
            ("recover again", 13, "active"),
            ("late", 12.5, "stuck"),
        ):
            before = rows_read(connection)
            insert(connection, start + timedelta(minutes=minute), status, 0, devices - 1)
            reads[what] = (rows_read(connection) - before) / devices
        sweep(connection, start + timedelta(minutes=13))
        for minute in range(14, 20):
            reporting(connection, start + timedelta(minutes=minute), devices)
        before = rows_read(connection)
        sweep(connection, start + timedelta(minutes=19))
        reads["fall silent"] = (rows_read(connection) - before) / devices
        assert connection.execute("select count(*) from incident_engine.error").fetchone() == (0,)
    return reads


def rows_read(connection: psycopg.Connection[object]) -> int:
    connection.execute("select pg_stat_force_next_flush()")
    return int(connection.execute(READ).fetchone()[0])
