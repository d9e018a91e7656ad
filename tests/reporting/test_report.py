"""`make report`: a month is sealed, one page and one table are written, which show what was sealed."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from db.embedded import REPO
from tests.support.rows import device_row, insert
from tests.support.servers import Database

FIRST = datetime(2026, 2, 1, tzinfo=UTC)
NASTY = "<b>Device & 'co'"


def sent(database: Database) -> None:
    """February: a device that fails on the 3rd, one that cannot tell, one with a name to be quoted."""
    with database.connect() as connection:
        connection.execute(
            "select incident.set_policy(sample_interval => '1 hour', no_data_after => '3 hours')"
        )
        rows = []
        for name, statuses in (
            ("Fails", {50: "stopped"}),
            ("Blind", dict.fromkeys(range(672), "unknown")),
            (NASTY, {}),
        ):
            for hour in range(672):
                at = FIRST + timedelta(hours=hour)
                rows.append(
                    device_row(
                        at,
                        device_name=name,
                        ffmpeg_status=statuses.get(hour, "active"),
                        monitor_status="active",
                    )
                )
        insert(connection, rows)
        connection.execute("select incident.sweep()")


def report(database: Database, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "report", "--folder", folder, *arguments],
        cwd=REPO,
        env=os.environ | {"DATABASE_URL": database.url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_month_becomes_a_page_and_a_table(database: Database, tmp_path: Path) -> None:
    sent(database)
    done = report(database, tmp_path, "--month", "2026-02", "--zone", "Europe/Berlin", "--note", "signed")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "report-2026-02.html").read_text()
    assert "<script" not in text and "http" not in text.replace("http-equiv", "")
    assert NASTY not in text and "&lt;b&gt;Device &amp;" in text
    root = ElementTree.fromstring(re.sub(r"<(meta[^>]*)>", r"<\1/>", text.removeprefix("<!doctype html>")))
    titles = [one.text for one in root.iter("h2")]
    assert titles[:3] == ["Availability by day", "Downtime by cause", "Error budget, burning down"]
    first, *others = [["".join(cell.itertext()) for cell in row] for row in root.find(".//tbody")]
    assert first[0].startswith("host-1, Blind") and first[1] == "nothing known"
    assert any(row[0].startswith("host-1, Fails") and row[3] == "1 h 0 min" for row in others)
    with database.connect() as connection:
        (digest, note, devices) = connection.execute(
            "select digest, note, devices from incident.sealed_report where period ="
            " tstzrange('2026-02-01 00:00+01', '2026-03-01 00:00+01')"
        ).fetchone()
        assert connection.execute("select incident.verify_report(1)").fetchone() == (True,)
    assert (digest in text, note, devices) == (True, "signed", 3)
    with (tmp_path / "report-2026-02.csv").open() as file:
        lines = list(csv.DictReader(file))
    assert {line["device_name"] for line in lines} == {"Fails", "Blind", NASTY}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--month", "2026-13"], "this one is 2026-13"),
        (["--month", "2026-02", "--zone", "+05:45"], "'+05:45' is not known"),
        (["--month", f"{datetime.now(UTC):%Y-%m}"], "not over"),
    ],
)
def test_what_cannot_be_reported_is_said_in_words(
    database: Database, tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = report(database, tmp_path, *arguments)
    assert done.returncode != 0
    assert words in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
