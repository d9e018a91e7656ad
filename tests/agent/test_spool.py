"""The spool on disk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from host_agent.spool import Row, Spool


def round_of(minute: int, rows: int = 2) -> list[Row]:
    values = {
        "host_name": "studio",
        "timestamp": f"2026-03-02T10:{minute:02}:00+00:00",
        "device_name": "TV \u20ac",
    }
    return [Row("system_device_metrics", values | {"capture_folder": f"c{one}"}) for one in range(rows)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "spool.sqlite3"


def test_rows_come_back_in_order_after_a_reopening(file: Path) -> None:
    spool = Spool(file)
    spool.add(round_of(1))
    spool.add(round_of(2))
    spool.close()
    rows = Spool(file).waiting(10)
    assert [(row.table, row.values) for row in rows] == [
        (row.table, row.values) for row in (*round_of(1), *round_of(2))
    ]
    assert [row.id for row in rows] == [1, 2, 3, 4]


def test_a_batch_holds_whole_rounds(file: Path) -> None:
    spool = Spool(file)
    for minute in range(4):
        spool.add(round_of(minute, rows=3))
    assert [len(spool.waiting(limit)) for limit in (1, 3, 5, 6, 8, 100)] == [3, 3, 3, 6, 6, 12]


def test_refused_rows_wait_for_a_person(file: Path) -> None:
    spool = Spool(file)
    spool.add(round_of(1, rows=3))
    good, bad, other = spool.waiting(10)
    spool.settle([good], [replace(bad, rejected="22003 too big")])
    assert spool.waiting(10) == [other]
    assert [(row.id, row.rejected) for row in spool.rejected()] == [(bad.id, "22003 too big")]
    assert spool.count() == (1, 1, "2026-03-02T10:01:00+00:00")

    assert spool.retry([99]) == 0
    assert spool.retry([bad.id]) == 1
    assert spool.count()[:2] == (2, 0)
    spool.settle([], [replace(bad, rejected="again"), replace(other, rejected="too")])
    assert spool.drop([bad.id]) == 1
    assert spool.drop([]) == 1
    assert spool.count() == (0, 0, None)


def test_a_waiting_row_is_dropped_only_when_named(file: Path) -> None:
    spool = Spool(file)
    spool.add(round_of(1, rows=3))
    assert spool.drop([]) == 0
    assert spool.drop([1]) == 1
    assert [row.id for row in spool.waiting(10)] == [2, 3]
    assert spool.drop(which="waiting") == 2


def test_commits_survive_a_power_failure(file: Path) -> None:
    settings = [
        Spool(file)._database.execute(f"pragma {one}").fetchone()[0]
        for one in ("journal_mode", "synchronous")
    ]
    assert settings == ["truncate", 2]  # 2: full


def test_a_damaged_file_is_set_aside_and_kept(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.write_bytes(b"this is no database" * 1000)
    spool = Spool(file)
    spool.add(round_of(1))
    assert len(spool.waiting(10)) == 2
    (aside,) = file.parent.glob("*.damaged-*")
    assert aside.read_bytes().startswith(b"this is no database")
    assert "is damaged" in caplog.text


def test_without_a_file_it_goes_on_in_memory(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "spool").mkdir()
    spool = Spool(tmp_path / "spool")
    spool.add(round_of(1))
    assert (spool.in_memory, len(spool.waiting(10))) == (True, 2)
    assert "rows are kept in memory" in caplog.text
    (tmp_path / "spool").rmdir()
    spool.add(round_of(2))
    assert (spool.in_memory, len(Spool(tmp_path / "spool").waiting(10))) == (False, 4)


# Damage

PAGE = 4096


def rubbish(file: Path, first_page: int, pages: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(first_page * PAGE)
        opened.write(os.urandom(pages * PAGE))


def filled(file: Path, rounds: int = 200) -> int:
    """A spool file of many pages; returns how many."""
    spool = Spool(file)
    rows = [row for minute in range(rounds) for row in round_of(minute % 60)]
    more = [{"platform": f"{number:300}"} for number in range(len(rows))]
    spool.add([replace(row, values=row.values | one) for row, one in zip(rows, more, strict=True)])
    spool.close()
    return file.stat().st_size // PAGE


DAMAGE = {
    "pages in front": lambda file, pages: rubbish(file, 3, 4),
    "the last third": lambda file, pages: rubbish(file, pages * 2 // 3, pages // 3),
    "one page in the middle": lambda file, pages: rubbish(file, pages // 2, 1),
    "truncated to half": lambda file, pages: os.truncate(file, pages * PAGE // 2),
    "truncated to 0": lambda file, pages: os.truncate(file, 0),
    "header": lambda file, pages: rubbish(file, 0, 1),
    "everything": lambda file, pages: rubbish(file, 0, pages),
    "another program's": lambda file, pages: (
        file.unlink(),
        sqlite3.connect(file).executescript("create table spool (a)").close(),
    ),
    "gone": lambda file, pages: file.unlink(),
}
SALVAGED = {
    "pages in front": 300,
    "the last third": 200,
    "one page in the middle": 370,
    "truncated to half": 100,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("running", [False, True], ids=["found at the start", "while it runs"])
def test_damage_is_healed_and_what_can_be_read_is_kept(file: Path, damage: str, running: bool) -> None:
    pages = filled(file)
    spool = Spool(file) if running else None
    DAMAGE[damage](file, pages)
    spool = spool or Spool(file)
    for minute in range(3):
        spool.add(
            [Row("system_metrics", {"host_name": "new", "timestamp": f"2026-03-03T10:0{minute}:00+00:00"})]
        )
    found = spool.waiting(10_000)
    assert sum(row.host_name == "new" for row in found) == 3
    if not running:
        assert len(found) >= SALVAGED.get(damage, 0)
        assert len(list(file.parent.glob("*.damaged-*"))) == (damage not in ("gone", "truncated to 0"))
    spool.settle(found)
    assert spool.count() == (0, 0, None)
    spool.close()
    assert Spool(file).count() == (0, 0, None)


# A disk that is full or read-only


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder]).returncode
    ):
        pytest.skip("cannot mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> None:
    with (disk / "fill").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(b"x" * 1024)


def read_only(disk: Path, mode: str = "ro") -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", disk], check=True)


@pytest.mark.parametrize(
    ("trouble", "when"),
    [
        (fill, "before the first start"),
        (fill, "at the start"),
        (fill, "while it runs"),
        (read_only, "before the first start"),
        (read_only, "at the start"),  # no kernel lets a disk become read-only while a file on it is open
    ],
)
def test_a_disk_that_cannot_be_written_loses_nothing(
    disk: Path, trouble: object, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = disk / "spool.sqlite3"
    before = 0
    if when != "before the first start":
        spool = Spool(file)
        spool.add(round_of(0))
        before = 2
        if when == "at the start":
            spool.close()
    trouble(disk)
    if when != "while it runs":
        spool = Spool(file)
    for minute in range(1, 60):
        spool.add(round_of(minute, rows=10))
    assert spool.in_memory
    assert "memory" in caplog.text
    first = [row for row in spool.waiting(1000) if row.values["timestamp"].startswith("2026-03-02T10:0")]
    assert len(first) >= 90 + before * (when == "while it runs")
    spool.settle(first)  # the database is there, all the time
    if trouble is fill:
        (disk / "fill").unlink()
    else:
        read_only(disk, "rw")
    spool.settle(spool.waiting(1000)[200:])
    spool.add(round_of(0))
    assert not spool.in_memory
    waiting = spool.count()[0]
    spool.close()
    assert Spool(file).count()[0] == waiting > 200


def test_a_backlog_goes_through_while_the_disk_stays_full(disk: Path) -> None:
    file = disk / "spool.sqlite3"
    spool = Spool(file)
    for number in range(40):
        spool.add(round_of(number, rows=10))
    fill(disk)
    for again in (False, True):
        if again:  # the disk is full at the start, too
            spool.close()
            spool = Spool(file)
        seen = 0
        while rows := spool.waiting(50):
            seen += len(rows)
            spool.settle(rows)
        assert seen in ((400,) if not again else (0, 400))


# Limits


def test_what_is_too_old_is_dropped_and_said(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    spool = Spool(file, days=2)
    now = datetime.now(UTC)
    for age in (3, 1):
        at = (now - timedelta(days=age)).isoformat()
        spool.add([Row("system_metrics", {"host_name": "studio", "timestamp": at})])
    assert len(spool.waiting(10)) == 1
    assert "1 rows DROPPED" in caplog.text


def test_of_what_is_too_much_the_oldest_healthy_go_first(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(file, megabytes=1)
    for minute in range(60):
        rows = [
            replace(row, values=row.values | {"platform": "x" * 500}) for row in round_of(minute, rows=50)
        ]
        for row in rows[:10]:
            row.values["ffmpeg_status"] = "stuck"
        spool.add(rows)
    left = spool.waiting(10_000)
    assert sum("ffmpeg_status" in row.values for row in left) == 600
    healthy = [row.values["timestamp"] for row in left if "ffmpeg_status" not in row.values]
    assert healthy and min(healthy) > "2026-03-02T10:30"
    assert file.stat().st_size < 1_200_000
    assert "rows DROPPED" in caplog.text
