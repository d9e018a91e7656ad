"""`make bench` works and writes what docs/bench.md describes. No timing is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.embedded import REPO
from tests.support.servers import server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file: Path = tmp_path_factory.mktemp("bench") / "bench.json"
    done = bench("--quick", "--json", str(file))
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text())


def test_says_what_was_measured_and_where(report: dict[str, Any]) -> None:
    assert set(report) == {"date", "command", "quick", "machine", "server", "settings", "benchmarks"}
    assert report["settings"]["fsync"] == "on"


def test_ingest_compares_with_the_bare_table(report: dict[str, Any]) -> None:
    rows = report["benchmarks"]["ingest"]
    assert [(row["rows_per_commit"], row["changing"]) for row in rows] == [(4, "20%"), (1000, "1%")]
    for row in rows:
        assert all(row[f"{name}_rows/s"] > 0 for name in ("bare", "package", "per_row"))
        assert all(row[f"{name}_ratio_low"] <= row[f"{name}_ratio"] for name in ("package", "per_row"))


def test_replay_leaves_a_history_without_violations_in_whatever_order(report: dict[str, Any]) -> None:
    rows = report["benchmarks"]["replay"]
    assert [(row["order"], row["rows"], row["violations"]) for row in rows] == [
        ("ordered", 6000, 0),
        ("shuffled", 6000, 0),
        ("one statement", 6000, 0),
    ]


def test_sweep_finds_the_silent_devices_whatever_the_length_of_history(report: dict[str, Any]) -> None:
    rows = report["benchmarks"]["sweep"]
    assert [(row["history"], row["silences_recorded"]) for row in rows] == [("short", 10), ("long", 20)]


def test_every_verb_is_measured_on_incidents_by_one_call(report: dict[str, Any]) -> None:
    (row,) = report["benchmarks"]["verbs"]
    assert row["incidents"] == 4
    assert len(row) == 10


def test_names_what_it_does_not_know() -> None:
    done = bench("ingest", "nonsense")
    assert done.returncode == 2
    assert "no benchmark nonsense; there are ingest, engine, replay, sweep" in done.stderr
