"""When samples are taken, and what they say of the host."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from db.embedded import REPO
from host_agent.host import MAX_LOAD, DiskWriteRate, get_host_system_stats
from host_agent.rounds import Agent, ticks
from tests.agent.studio import Studio


class Clock:
    """A wall clock, and an event whose wait lets its time pass. `jumps`: seconds added during each wait."""

    def __init__(self, now: float, *jumps: float, waits: int = 8) -> None:
        self.now, self.jumps, self.waits = now, list(jumps), waits

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        assert 0 < seconds <= 60
        self.now += seconds + (self.jumps.pop(0) if self.jumps else 0)
        self.waits -= 1
        return self.waits < 0


def minutes(clock: Clock, work: float = 0) -> list[str]:
    """The ticks of an agent whose rounds take `work` seconds."""
    found = []
    for at in ticks(60, clock, clock):
        assert at.tzinfo is UTC
        found.append(at.strftime("%H:%M:%S"))
        clock.now += work
    return found


TEN = datetime(2026, 3, 2, 10, 0, 20, tzinfo=UTC).timestamp()


def test_a_sample_on_every_minute() -> None:
    assert minutes(Clock(TEN, waits=3)) == ["10:01:00", "10:02:00", "10:03:00"]
    assert minutes(Clock(TEN, waits=3), work=50) == ["10:01:00", "10:02:00", "10:03:00"]


def test_a_round_that_takes_too_long_costs_its_minutes_only() -> None:
    assert minutes(Clock(TEN, waits=3), work=70) == ["10:01:00", "10:03:00", "10:05:00"]


@pytest.mark.parametrize(
    "jump, expected",
    [
        (-0.2, ["10:01:00", "10:02:00", "10:03:00"]),  # woken early
        (-5, ["10:01:00", "10:02:00", "10:03:00"]),
        (0.2, ["10:01:00", "10:02:00", "10:03:00", "10:04:00"]),
        (3600, ["10:01:00", "11:02:00", "11:03:00", "11:04:00"]),
        (3640, ["10:01:00", "11:03:00", "11:04:00"]),  # far from a boundary: wait for the next
        (-3600, ["10:01:00", "09:02:00", "09:03:00", "09:04:00"]),
        (-120, ["10:01:00", "10:00:00", "10:01:00", "10:02:00"]),  # 10:01 comes again: not the same row again
    ],
)
def test_a_jump_of_the_clock_costs_no_minute(jump: float, expected: list[str]) -> None:
    assert minutes(Clock(TEN, 0, jump, waits=4)) == expected


def test_a_minute_that_comes_again_is_another_row() -> None:
    """The database keeps one row for a device and time: the wrong clock's would stand for the right one's."""
    found = list(ticks(60, clock := Clock(TEN, 0, -120, waits=4), clock))
    assert len(set(found)) == 4
    assert timedelta(0) < found[2] - found[0] <= timedelta(seconds=1)


def test_nor_does_it_after_a_restart() -> None:
    latest = datetime.fromtimestamp(TEN + 100, UTC)
    (first, _, third) = ticks(60, clock := Clock(TEN, waits=3), clock, latest)
    assert (first.second, first.microsecond > 0, third.microsecond) == (0, True, 0)


def test_reading_the_host_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("slept"))
    started = time.monotonic()
    readings = [get_host_system_stats() for _ in range(20)]
    assert time.monotonic() - started < 2
    assert all(0 <= one["cpu_percent"] <= 100 for one in readings)


def test_cpu_percent_is_that_of_the_time_since_the_last_reading() -> None:
    get_host_system_stats()
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    assert get_host_system_stats()["cpu_percent"] > 5


def test_a_host_under_absurd_load_still_has_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "getloadavg", lambda: (12345.678, 1000.0, 1.239))
    stats = get_host_system_stats()
    assert [stats[f"load_average_{one}m"] for one in (1, 5, 15)] == [MAX_LOAD, MAX_LOAD, 1.24]


def test_sensors_and_disks_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no such sensor")

    monkeypatch.setattr(psutil, "sensors_temperatures", refuse, raising=False)
    monkeypatch.setattr(psutil, "disk_io_counters", lambda: None)
    assert get_host_system_stats()["cpu_temperature_celsius"] is None
    assert DiskWriteRate()() is None


def test_the_disk_rate_is_per_second_since_the_last_reading() -> None:
    rate = DiskWriteRate()
    assert rate() is None
    assert rate() >= 0


def test_a_server_has_its_own_row_alone_a_host_its_devices_too(
    studio: Studio, make_agent: Callable[[str], Agent]
) -> None:
    studio.configure()
    (row,) = make_agent("").sample(datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert (row.table, row.values["ffmpeg_status"]) == ("system_metrics", None)

    studio.configure("a", "b")
    studio.file("b/x.ts")
    *devices, host = make_agent("").sample(datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert [row.values["capture_folder"] for row in devices] == ["a", "b"]
    assert {row.values["timestamp"] for row in (*devices, host)} == {"2026-03-02T10:00:00+00:00"}
    assert host.values["ffmpeg_status"] == {"a": "stopped", "b": "active"}
    assert set(get_host_system_stats()) < set(host.values)


def test_imports_nothing_but_psycopg_and_psutil() -> None:
    imported = set()
    for file in (REPO / "host_agent").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module.split(".")[0])
    assert imported - sys.stdlib_module_names == {"host_agent", "psycopg", "psutil"}
