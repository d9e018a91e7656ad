"""A statement of many hosts and, before it commits, a stranger's row: the stranger does not wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.concurrency.support import check_soundness, errors
from tests.support.rows import START, device_row, insert
from tests.support.servers import Database

Connection = psycopg.Connection[Any]

HOSTS = 2000
FEW = "create or replace function incident_engine.most_host_locks() returns integer language sql return 3"
OPEN = "select host_name from public.system_incident where status = 'open' order by host_name"


def minute_of_all(connection: Connection, minute: int, hosts: int = HOSTS, failing: str = "none") -> None:
    """One row of each host; those whose name matches `failing` fail."""
    connection.execute(
        """insert into public.system_device_metrics (
            host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
        )
        select 'host-' || n, 'd', 'd', 'c', %s,
            case when 'host-' || n ~ %s then 'stopped' else 'active' end, 'active'
        from generate_series(1, %s) as n""",
        [START + timedelta(minutes=minute), failing, hosts],
    )


def test_a_stranger_is_folded_while_a_statement_of_2000_hosts_is_not_committed(database: Database) -> None:
    with database.connect() as connection, database.connect(autocommit=False) as bulk:
        minute_of_all(connection, 0)
        minute_of_all(bulk, 1, failing="^host-7$")
        insert(
            connection, [device_row(n, host_name=f"stranger-{n}", ffmpeg_status="stuck") for n in range(9)]
        )
        assert len(connection.execute(OPEN).fetchall()) == 9
        assert errors(database) == []
        bulk.commit()
        assert connection.execute(OPEN).fetchone() == ("host-7",)
        assert connection.execute("select rule, detail from incident.check_invariants()").fetchall() == []


def test_only_hosts_with_news_are_locked_exclusively(database: Database) -> None:
    """Healthy rows of the others go in beside it."""
    with database.connect() as connection, database.connect(autocommit=False) as bulk:
        minute_of_all(connection, 0, hosts=5)
        minute_of_all(bulk, 1, hosts=5, failing="^host-3$")
        connection.execute("set statement_timeout = '1s'")
        for host in (1, 2, 4, 5):
            insert(
                connection,
                device_row(2, host_name=f"host-{host}", device_name="d", capture_folder="c", device_id="d"),
            )
        bulk.commit()
    check_soundness(database)


@pytest.mark.parametrize(
    "failing", ["none", "^host-1$", "."], ids=["healthy", "one with news", "all with news"]
)
def test_more_hosts_than_the_lock_table_holds_are_locked_as_one(database: Database, failing: str) -> None:
    """What a stranger's row says is then left for later, and nobody waits for long."""
    with database.connect() as connection, database.connect(autocommit=False) as bulk:
        connection.execute(FEW)
        minute_of_all(connection, 0, hosts=9)
        minute_of_all(bulk, 1, hosts=9, failing=failing)
        locks = "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
        (count,) = bulk.execute(locks).fetchone()
        assert count <= 4
        connection.execute("set statement_timeout = '15s'")
        insert(connection, device_row(0, host_name="stranger", ffmpeg_status="stuck"))
        assert [sqlstate for sqlstate, _ in errors(database)] == ["55P03"]
        bulk.commit()
        connection.execute("select incident.sweep(%s)", [START + timedelta(minutes=1)])
        assert ("stranger",) in connection.execute(OPEN).fetchall()
    assert errors(database) == []
    check_soundness(database)
