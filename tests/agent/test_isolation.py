"""One bad thing spoils one reading: neither a round, nor the agent, nor a neighbour."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from host_agent import devices, processes, sampler
from host_agent.config import Component
from host_agent.host import cpu_sensor, cpu_temperature
from host_agent.rounds import Agent
from tests.agent.studio import Studio, open_to_all
from tests.support.rows import minute

MakeAgent = Callable[[str], Agent]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root may")


def statuses(agent: Agent, number: int = 1) -> dict[str, str]:
    """What a round says of ffmpeg in each folder."""
    return agent.sample(minute(number))[-1].values["ffmpeg_status"]


# Folders


def test_a_missing_folder_is_one_device_of_three(studio: Studio, make_agent: MakeAgent) -> None:
    studio.configure("capture1", "capture2", "capture3")
    (studio.root / "capture3").rmdir()
    studio.file("capture1/a.ts", -4)
    studio.file("capture2/a.ts", -4)
    rows = make_agent("").sample(minute(1))
    assert rows[-1].values["ffmpeg_status"] == {
        "capture1": "active",
        "capture2": "active",
        "capture3": "stopped",
    }
    assert rows[-1].values["agent"]["unreadable_folders"] == ["capture3"]


@pytest.fixture
def dead_mount(studio: Studio) -> Iterator[Path]:
    """A mount whose server does not answer, as of a file server that went away."""
    studio.configure("dead", "alive")
    fuse = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    folder = studio.root / "dead"
    options = f"fd={fuse},rootmode=40000,user_id=0,group_id=0"
    if libc.mount(b"dead", bytes(folder), b"fuse", 0, options.encode()):
        os.close(fuse)
        pytest.skip(f"cannot mount: {os.strerror(ctypes.get_errno())}")
    yield folder
    os.close(fuse)  # whoever waits there gets an error now
    subprocess.run(["umount", "-l", folder], check=True)


@root_only
@pytest.mark.skipif(not Path("/dev/fuse").exists(), reason="no FUSE")
def test_a_folder_that_hangs_is_unknown_and_delays_only_the_first_round(
    studio: Studio, dead_mount: Path, make_agent: MakeAgent
) -> None:
    studio.interval_seconds = 6  # a reading may take a second
    text = studio.config.read_text().replace("interval_seconds = 60", "interval_seconds = 6")
    studio.config.write_text(text)
    process = studio.idle("ffmpeg", dead_mount / "out.m3u8", cwd="/")
    agent = make_agent("")
    for number, most in ((1, 15), (2, 3)):
        studio.file("alive/a.ts", -4)
        started = time.monotonic()
        rows = agent.sample(minute(number))
        assert time.monotonic() - started < most
        assert rows[-1].values["ffmpeg_status"] == {"dead": "unknown", "alive": "active"}
        assert rows[-1].values["agent"]["unreadable_folders"] == ["dead"]
    os.unlink(studio.root / "alive/a.ts")  # noqa: PTH108
    # Its process names the dead folder, so it is no candidate for the other.
    assert statuses(agent) == {"dead": "unknown", "alive": "stopped"}
    process.kill()
    started = time.monotonic()
    code, output = studio.run_agent("check-config", "--offline")
    assert time.monotonic() - started < 30
    assert (code, "capture_folder = 'dead': cannot read no answer" in output) == (2, True)


def test_each_folder_has_its_own_now(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written while another folder is being read is not from the future."""
    studio.configure("slow", "live")
    scan = devices.scan

    def look(folder: Path, *arguments: Any) -> tuple[float | None, bool]:
        if folder.name == "slow":
            time.sleep(1)
        return scan(folder, *arguments)

    monkeypatch.setattr(devices, "CLOCK_TOLERANCE", 0)
    monkeypatch.setattr(devices, "scan", look)
    studio.start(
        "sh", "-c", "while :; do echo x >$0/t; mv $0/t $0/live.jpg; sleep 0.1; done", studio.root / "live"
    )
    agent = make_agent("")
    for _ in range(3):
        assert statuses(agent) == {"slow": "stopped", "live": "active"}


def test_a_folder_of_very_many_old_files_does_not_spoil_its_neighbour(
    studio: Studio, make_agent: MakeAgent
) -> None:
    studio.configure("big", "live")
    for number in range(1000):
        (studio.root / f"big/{number}.jpg").write_text("x")
    for file in (studio.root / "big").iterdir():
        os.utime(file, (0, 0))
    studio.file("live/live.jpg", -4)
    assert statuses(make_agent("")) == {"big": "stopped", "live": "active"}


# Processes

FFMPEG = Component("ffmpeg", "ffmpeg", ("*.ts",), 30, False)
NO_COMMAND_LINE = """
import ctypes, sys, time
libc = ctypes.CDLL(None, use_errno=True)
number = ctypes.c_ulong
libc.prctl(number(15), sys.argv[1].encode(), number(0), number(0), number(0))
start = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[45])
end = [int(l.split("-")[1].split()[0], 16) for l in open("/proc/self/maps") if "[stack]" in l][0]
page = start & ~0xfff
libc.munmap(number(page), number(end - page))
time.sleep(60)
"""


def test_a_process_without_a_command_line_may_serve_any_folder(
    studio: Studio, make_agent: MakeAgent, wait_until: Callable[..., None]
) -> None:
    """One that is exiting, its memory already gone, or anybody's on purpose."""
    studio.configure("a", "b")
    studio.file("a/x.ts", -4)
    name = f"ffmpeg{os.getpid()}"  # other tests look for ffmpeg
    studio.config.write_text(studio.config.read_text().replace("[ffmpeg]", f'[ffmpeg]\nprocess = "{name}"'))
    process = studio.start(sys.executable, "-c", NO_COMMAND_LINE, name)
    proc = Path(f"/proc/{process.pid}")
    wait_until(lambda: (proc / "comm").read_text() == f"{name}\n" and not (proc / "cmdline").read_bytes())
    assert statuses(make_agent("")) == {"a": "active", "b": "unknown"}
    process.kill()
    process.wait()
    assert statuses(make_agent("")) == {"a": "active", "b": "stopped"}


def test_a_process_table_that_cannot_be_read_makes_unknown_what_files_do_not_tell(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.configure("a", "b")
    studio.file("a/x.ts", -4)

    def fail(*_: object) -> None:
        raise RuntimeError("no /proc")

    monkeypatch.setattr(sampler, "read_table", fail)
    rows = make_agent("").sample(minute(1))
    assert rows[-1].values["ffmpeg_status"] == {"a": "active", "b": "unknown"}
    assert rows[-1].values["agent"]["failed_readings"] == ["processes"]


def test_processes_that_end_while_they_are_looked_at_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = str(max(map(int, filter(str.isdecimal, os.listdir("/proc")))) + 100_000)  # noqa: PTH208
    assert processes.read(f"/proc/{gone}/cmdline") == b""
    assert processes.state_and_start(int(gone)) == ("", 0.0)
    assert processes.identified(processes.Process(int(gone), 0.0, frozenset([Path("/tmp")])), FFMPEG).folders


# The host

HOST_COLUMNS = {
    "cpu_times": ["cpu_percent"],
    "virtual_memory": ["memory_percent", "memory_used_gb", "memory_total_gb"],
    "disk_usage": ["disk_percent", "disk_used_gb", "disk_total_gb"],
    "boot_time": ["uptime_seconds"],
    "getloadavg": ["load_average_1m", "load_average_5m", "load_average_15m"],
    "sensors_temperatures": ["cpu_temperature_celsius"],
    "disk_io_counters": ["disk_write_mb_per_sec"],
}
ERRORS = [
    NotImplementedError("no /proc/diskstats"),
    ValueError("not sure how to interpret line"),
    PermissionError(13, "Permission denied", "/proc/x"),
    KeyError("MemTotal:"),
    RuntimeError("line 'btime' not found"),
    MemoryError(),
]


@pytest.mark.parametrize("function", HOST_COLUMNS)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_reading_that_fails_is_null_and_named(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch, function: str, error: Exception
) -> None:
    studio.configure("a")
    studio.file("a/x.ts", -4)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(psutil, function, fail)
    device, host = make_agent("").sample(minute(1))
    missing = [name for name, value in host.values.items() if value is None]
    expected = HOST_COLUMNS[function]
    assert set(expected) <= set(missing)
    nullable = {"server_name", "cpu_temperature_celsius", "disk_write_mb_per_sec"}
    nullable |= {"ffmpeg_service_uptime_seconds", "monitor_service_uptime_seconds"}
    assert set(missing) - set(expected) <= nullable
    assert len(host.values["agent"]["failed_readings"]) == 1
    assert device.values["ffmpeg_status"] == "active"


@pytest.mark.parametrize("function", HOST_COLUMNS)
def test_a_reading_that_hangs_is_null_and_named(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    studio.interval_seconds = 1
    studio.configure()
    agent = make_agent("")
    monkeypatch.setattr(psutil, function, lambda *_, **__: time.sleep(30))
    started = time.monotonic()
    for number in (1, 2):
        (host,) = agent.sample(minute(number))
        assert len(host.values["agent"]["failed_readings"]) == 1
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "sensors, wanted, expected",
    [
        (
            {"coretemp": [("Package id 0", 52.0)], "acpitz": [("", 127.0)]},
            None,
            (52.0, "coretemp/Package id 0"),
        ),
        ({"k10temp": [("Tctl", 95.0), ("Tdie", 68.0)]}, None, (68.0, "k10temp/Tdie")),
        ({"k10temp": [("Tctl", 95.0), ("Tdie", 68.0)]}, "k10temp/Tctl", (95.0, "k10temp/Tctl")),
        ({"acpitz": [("", -263.2)]}, None, (None, None)),
        ({"acpitz": [("", 41.0)]}, None, (41.0, "acpitz")),
        ({"coretemp": [("Core 0", 50.0), ("Core 1", 61.0)]}, None, (61.0, "coretemp/Core 1")),
        ({"nvme": [("Composite", 44.0)]}, None, (None, None)),
        ({"nvme": [("Composite", 44.0)]}, "nvme", (44.0, "nvme/Composite")),
        ({}, None, (None, None)),
    ],
)
def test_the_sensor_that_knows_best_is_taken_and_named(
    monkeypatch: pytest.MonkeyPatch, sensors: dict[str, Any], wanted: str | None, expected: tuple[Any, Any]
) -> None:
    found = {
        chip: [SimpleNamespace(label=label, current=value) for label, value in some]
        for chip, some in sensors.items()
    }
    monkeypatch.setattr(psutil, "sensors_temperatures", lambda: found, raising=False)
    assert cpu_sensor(wanted) == expected
    assert wanted or cpu_temperature() == expected[0]


def test_a_configured_sensor_that_is_not_there_is_named(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        psutil,
        "sensors_temperatures",
        lambda: {"acpitz": [SimpleNamespace(label="", current=127.0)]},
        raising=False,
    )
    studio.configure(more='temperature_sensor = "coretemp"')
    (host,) = make_agent("").sample(minute(1))
    assert host.values["cpu_temperature_celsius"] is None
    assert host.values["agent"]["failed_readings"] == ["temperature"]
    assert "temperature_sensor = 'coretemp' says nothing plausible; there are: acpitz/" in caplog.text


@root_only
def test_another_users_agent_sees_as_much(studio: Studio) -> None:
    """The forbidden folder is unknown, its neighbour is not."""
    studio.fresh_seconds = 600
    studio.configure("a", "b")
    studio.file("a/x.ts")
    open_to_all(studio.root)
    (studio.root / "b").chmod(0o700)
    _, output = studio.run_agent("check-config", "--offline", user="nobody")
    assert "a: ffmpeg active" in output
    assert "b: ffmpeg unknown, monitor unknown" in output
