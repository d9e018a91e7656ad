"""A transaction that does not see what others have committed since it began (postgres_fdw always writes so)
derives nothing: the sweep folds what it wrote, or before that whoever folds the host."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import IsolationLevel

from tests.concurrency.support import check_soundness, errors
from tests.support.rows import device_row, device_rows, host_row, insert, minute
from tests.support.servers import Database

FROZEN = [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE]
INCIDENTS = "select status, detected_at, resolved_at from public.system_incident order by detected_at"


@pytest.mark.parametrize("level", FROZEN)
def test_its_rows_are_told_together_with_those_it_could_not_see(
    database: Database, level: IsolationLevel
) -> None:
    with database.connect() as agent, database.connect(autocommit=False) as collector:
        collector.isolation_level = level
        insert(agent, device_row(0))
        insert(collector, device_row(0, host_name="host-2"))
        insert(agent, device_row(1, ffmpeg_status="stopped"))
        insert(collector, device_row(2))
        insert(collector, host_row(2), "system_metrics")
        collector.commit()
        insert(agent, device_rows("stopped stopped stopped", at=3))
        agent.execute("select incident.sweep(%s)", [minute(5)])
        assert agent.execute(INCIDENTS).fetchall() == [
            ("resolved", minute(1), minute(2)),
            ("open", minute(3), None),
        ]
    assert errors(database) == []
    check_soundness(database)


@pytest.mark.parametrize("level", FROZEN)
@pytest.mark.parametrize(
    "statement", ["select incident.resolve(1)", "select * from incident.rebuild()", "select incident.sweep()"]
)
def test_what_derives_incidents_is_refused_in_it(
    database: Database, level: IsolationLevel, statement: str
) -> None:
    with database.connect(autocommit=False) as connection:
        insert(connection, [device_row(0), device_row(1, ffmpeg_status="stuck")])
        connection.commit()
        connection.isolation_level = level
        with pytest.raises(psycopg.errors.FeatureNotSupported, match="are not derived in a"):
            connection.execute(statement)
