"""The spool on disk."""

from __future__ import annotations

from dataclasses import replace
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
