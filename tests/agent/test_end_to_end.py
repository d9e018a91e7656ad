"""From a real FFmpeg process to the incident and back."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from psycopg.rows import namedtuple_row

from host_agent.devices import Processes, device_status
from host_agent.rounds import Agent
from tests.agent.studio import Studio
from tests.support.rows import minute
from tests.support.servers import Database


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_ffmpeg_freezes_dies_and_comes_back(
    studio: Studio, make_agent: Callable[[str], Agent], database: Database, wait_until: Callable[..., None]
) -> None:
    """SIGSTOP -> stuck: an incident, high; kill -> stopped: the same one, critical; restart -> resolved.
    The samples carry the minutes that the test gives them, so nobody waits for the clock."""
    studio.fresh_seconds = 2
    studio.configure("capture1", "capture2")
    agent = make_agent(database.url)

    def status(folder: str) -> str:
        config = agent.config
        return device_status(
            studio.root / folder, config.ffmpeg, Processes.of(config.ffmpeg), time.time()
        ).status

    def sample_when(state: str, number: int) -> list[Any]:
        """A sample for the minute once the device is in that state; the incidents it leaves."""
        wait_until(lambda: status("capture1") == state, state)
        wait_until(lambda: status("capture2") == "active", "the other device active")
        agent.keep(agent.sample(minute(number)))
        assert agent.send()
        with database.connect(row_factory=namedtuple_row) as connection:
            return connection.execute("select * from system_incident where component = 'ffmpeg'").fetchall()

    with database.connect() as connection:  # samples of another day are no silence here
        connection.execute("update incident.policy set no_data_after = '100 years'")
    studio.ffmpeg("capture2")
    studio.monitor("capture1")
    studio.monitor("capture2")
    process = studio.ffmpeg("capture1")
    assert sample_when("active", 0) == []

    process.send_signal(signal.SIGSTOP)
    (incident,) = sample_when("stuck", 1)
    assert (incident.severity, incident.status, incident.capture_folder) == ("high", "open", "capture1")
    assert incident.detected_at == minute(1)

    process.kill()
    process.wait()
    (worse,) = sample_when("stopped", 4)
    assert (worse.incident_id, worse.severity, worse.status) == (incident.incident_id, "critical", "open")
    assert (worse.detected_at, worse.severity_since) == (minute(1), minute(4))

    with database.connect() as connection:
        connection.execute(
            "select incident.acknowledge(%s, note => 'on it', operator => 'ana', acted_at => %s)",
            [incident.incident_id, minute(6)],
        )
    studio.ffmpeg("capture1")
    (over,) = sample_when("active", 9)
    assert (over.incident_id, over.severity, over.status) == (incident.incident_id, "critical", "resolved")
    assert (over.detected_at, over.acknowledged_at, over.resolved_at) == (minute(1), minute(6), minute(9))
    assert (over.ack_to_resolution_minutes, over.total_duration_minutes) == (3, 8)

    with database.connect() as connection:
        timeline = connection.execute(
            "select event, from_value, to_value, happened_at from incident.timeline order by entry_id"
        ).fetchall()
    assert [(event, before, after) for event, before, after, _ in timeline] == [
        ("detected", None, "high"),
        ("severity_changed", "high", "critical"),
        ("acknowledged", "open", "in_progress"),
        ("resolved", "in_progress", "resolved"),
    ]
    assert [at for *_, at in timeline] == [minute(1), minute(4), minute(6), minute(9)]
