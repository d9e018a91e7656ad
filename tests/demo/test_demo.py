"""`make demo` plays to its end, with FFmpeg and without, and leaves no process behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from db.embedded import REPO, Cluster, wheel_bin
from tests.demo.__main__ import QUESTIONS
from tests.support.servers import server_home, server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Folder of an embedded server for these tests; what the demo makes besides is in the folder above."""
    folder = server_home()
    yield folder / "home"
    Cluster(wheel_bin(), folder / "home").stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.demo",
            "--home",
            str(home),
            "--interval",
            "0.5",
            "--pause",
            "0",
            *options,
        ],
        cwd=REPO,
        env=os.environ | {"TMPDIR": str(home.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Tests that run in a shell's background inherit an ignored SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def left_behind(home: Path) -> list[list[str]]:
    """Processes of this demo, besides its server."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(f"{home.parent}/pg_incident-demo-" in word for word in process.info["cmdline"] or ()):
            found.append(process.info["cmdline"])
    return found


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(
            [], marks=pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
        ),
        ["--stand-in"],
    ],
    ids=["ffmpeg", "stand-in"],
)
def test_plays_to_its_end(home: Path, options: list[str]) -> None:
    output, _ = start(home, *options).communicate(timeout=400)
    for line in (
        "high     | open  | studio, Set-top box",
        "critical | open  | studio, Game console",
        "critical | in_progress | studio, Set-top box",
        "closed   | power saving froze the USB port",
        "severity_changed | high        | critical",
        "Living room TV |             100.0000 | Excellent",
        "| To take it: select incident.acknowledge(3, 'on it');",
        "That was it.",
    ):
        assert line in output, output
    assert ("stand-in" in output) == bool(options)
    assert left_behind(home) == []

    url = Cluster(wheel_bin(), home).url("incident_demo")
    with psycopg.connect(url) as connection:
        statuses = connection.execute(
            "select device_name, component, severity, status from system_incident order by incident_id"
        ).fetchall()
        assert sorted(statuses) == [
            ("Game console", "ffmpeg", "critical", "resolved"),
            ("Game console", "monitor", "critical", "open"),
            ("Set-top box", "ffmpeg", "critical", "closed"),
        ]
        # What it says to try is there to be tried.
        _, asked = output.split("and ask:\n")
        calls = [block.split("\n", 1) for block in asked.strip().split("\n\n")[:-1]]
        assert [question.removeprefix("-- ") for question, _ in calls] == [
            *QUESTIONS,
            "Who takes the monitor?",
        ]
        for _, call in calls:
            function = call.split("from incident.")[1].split("(")[0].rstrip(";")
            if (REPO / f"functions/reporting/{function}.sql").exists():
                connection.execute(call)


def test_ends_its_processes_on_ctrl_c(home: Path) -> None:
    process = start(home, "--stand-in")
    for line in process.stdout:
        if "Freezing" in line:
            break
    assert left_behind(home) != []
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 130, output
    assert left_behind(home) == []
