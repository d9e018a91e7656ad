"""An operator and a row meet: each sees what the other has done, or changes nothing that it decides."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.concurrency.support import check_soundness, wait_until_blocked
from tests.support.rows import device_row, insert
from tests.support.servers import Database

INCIDENTS = (
    "select component, severity, status, retracted_at is not null from public.system_incident "
    "order by incident_id"
)


@pytest.fixture
def failing(database: Database) -> Database:
    with database.connect() as connection:
        insert(connection, [device_row(0), device_row(1, ffmpeg_status="stuck")])
    return database


def test_an_acknowledgement_undoes_nothing_that_a_row_decides_meanwhile(failing: Database) -> None:
    with failing.connect(autocommit=False) as operator, failing.connect() as agent:
        operator.execute("select incident.acknowledge(1)")
        insert(agent, device_row(2, ffmpeg_status="stuck", monitor_status="stopped"))
        operator.commit()
        assert agent.execute(INCIDENTS).fetchall() == [
            ("ffmpeg", "high", "in_progress", False),
            ("monitor", "critical", "open", False),
        ]
    check_soundness(failing)


@pytest.mark.parametrize(
    "statement",
    [
        "select incident.resolve(1)",
        "update public.system_incident set status = 'resolved', resolved_at = now() where incident_id = 1",
    ],
)
def test_a_resolution_sees_the_row_that_it_waited_for(failing: Database, statement: str) -> None:
    with (
        ThreadPoolExecutor() as pool,
        failing.connect(autocommit=False) as agent,
        failing.connect(application_name="operator") as operator,
    ):
        insert(agent, device_row(2, ffmpeg_status="stuck", monitor_status="stopped"))
        resolution = pool.submit(operator.execute, statement)
        wait_until_blocked(failing, resolution, "operator")
        agent.commit()
        resolution.result()
        assert agent.execute(INCIDENTS).fetchall() == [
            ("ffmpeg", "high", "resolved", False),
            ("monitor", "critical", "open", False),
        ]
    check_soundness(failing)


def test_closing_one_incident_retracts_none_that_a_late_row_tells_of(failing: Database) -> None:
    """The row waits for the host until the operator is done, and both stand."""
    with failing.connect() as connection:
        insert(connection, [device_row(2), device_row(5)])
    with (
        ThreadPoolExecutor() as pool,
        failing.connect(autocommit=False) as operator,
        failing.connect(application_name="agent") as agent,
    ):
        operator.execute("select incident.close(1)")
        row = pool.submit(insert, agent, device_row(4, ffmpeg_status="stopped"))
        wait_until_blocked(failing, row, "agent")
        operator.commit()
        row.result()
        assert agent.execute(INCIDENTS).fetchall() == [
            ("ffmpeg", "high", "closed", False),
            ("ffmpeg", "critical", "resolved", False),
        ]
    check_soundness(failing)
