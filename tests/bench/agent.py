"""Agent: CPU milliseconds of a sample, the least of several, and memory after the rounds of a day.

Each device has a live process for ffmpeg and one for the monitor. What it costs depends on how many processes
the host has, whose names are all read.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from host_agent.config import load
from host_agent.rounds import Agent, Stop
from host_agent.spool import Spool
from tests.bench.workbench import Row, Workbench

REPETITIONS = 20
DAY = 1440


def run(bench: Workbench) -> list[Row]:
    rows = []
    for devices in (0, 1, 10) if bench.options.quick else (0, 1, 10, 100):
        with studio(devices) as agent:
            processes = len(psutil.pids())
            cpu = min(sample_seconds(agent) for _ in range(REPETITIONS))
            rounds = 20 if bench.options.quick or devices > 10 else DAY
            grown = grown_megabytes(agent, rounds)
        row = {"devices": devices, "processes": processes, "CPU ms": round(cpu * 1000, 1)}
        rows.append(row | {"rounds": rounds, "grown MB": grown})
    return rows


@contextlib.contextmanager
def studio(devices: int) -> Iterator[Agent]:
    """An agent whose devices are all well."""
    with tempfile.TemporaryDirectory() as root, contextlib.ExitStack() as processes:
        script = Path(root) / "capture_monitor.sh"
        script.write_text("read _\n")
        text = f'host_name = "bench"\ncapture_root = "{root}"\n[monitor]\nprocess = "{script.name}"\n'
        for number in range(devices):
            folder = Path(root) / f"capture{number}"
            folder.mkdir()
            for name in ("a.ts", "a.json"):
                (folder / name).write_text("x")
                os.utime(folder / name, (time.time() + 4,) * 2)
            text += (
                f'[[device]]\ndevice_id = "{number}"\ndevice_name = "TV"\ncapture_folder = "{folder.name}"\n'
            )
            ffmpeg = ["ffmpeg", "-c", "read _", "-f", "hls", folder / "out.m3u8"]
            for command, executable in ((ffmpeg, "/bin/sh"), (["sh", script, folder], None)):
                processes.enter_context(
                    subprocess.Popen(
                        command, executable=executable, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
                    )
                )
        file = Path(root) / "host-agent.toml"
        file.write_text(text)
        yield Agent(load(file), Spool(Path(":memory:")), Stop())


def sample_seconds(agent: Agent) -> float:
    before = time.process_time()
    agent.sample(datetime.now(UTC))
    return time.process_time() - before


def grown_megabytes(agent: Agent, rounds: int) -> float:
    """How much more memory the process has after the rounds, each kept and settled, than after the first."""
    now = datetime.now(UTC)
    before = 0
    for number in range(rounds):
        agent.keep(agent.sample(now + timedelta(minutes=number)))
        agent.spool.settle(agent.spool.waiting(5000))
        before = before or psutil.Process().memory_info().rss
    return round((psutil.Process().memory_info().rss - before) / 1024**2, 1)
