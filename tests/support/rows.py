"""Metric rows for tests: one device unless told otherwise, one sample a minute from START."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

DEVICE = {
    "host_name": "host-1",
    "device_id": "device-1",
    "device_name": "Device 1",
    "capture_folder": "capture1",
}


def minute(number: float, start: datetime = START) -> datetime:
    """The time `number` minutes after the start."""
    return start + timedelta(minutes=number)


def device_row(at: float | datetime = 0, **columns: Any) -> dict[str, Any]:
    """A healthy row of system_device_metrics; `at` is its timestamp, or minutes after START."""
    timestamp = at if isinstance(at, datetime) else minute(at)
    return DEVICE | {"ffmpeg_status": "active", "monitor_status": "active", "timestamp": timestamp} | columns


def device_rows(statuses: str, at: float = 0, **columns: Any) -> list[dict[str, Any]]:
    """One row a minute, for each word the ffmpeg status: device_rows("active stuck stopped active").
    `ffmpeg/monitor` gives both; `-` leaves a minute out."""
    rows = []
    for number, word in enumerate(statuses.split()):
        if word == "-":
            continue
        ffmpeg, _, monitor = word.partition("/")
        status = {"ffmpeg_status": ffmpeg, "monitor_status": monitor or "active"}
        rows.append(device_row(at + number, **(status | columns)))
    return rows


def host_row(at: float | datetime = 0, **columns: Any) -> dict[str, Any]:
    """A row of system_metrics with nothing wrong."""
    timestamp = at if isinstance(at, datetime) else minute(at)
    return {
        "host_name": DEVICE["host_name"],
        "timestamp": timestamp,
        "cpu_percent": 10,
        "memory_percent": 20,
        "disk_percent": 30,
    } | columns


def insert(
    connection: psycopg.Connection[Any],
    rows: dict[str, Any] | Iterable[dict[str, Any]],
    table: str = "system_device_metrics",
    *,
    on_conflict: str | None = None,
) -> None:
    """Insert rows (all with the same columns) by one statement, in the order given; on_conflict: "do
    nothing"."""
    rows = [rows] if isinstance(rows, dict) else list(rows)
    if not rows:
        return
    columns = list(rows[0])
    one_row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("insert into {} ({}) values {} {}").format(
        sql.Identifier("public", table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([one_row] * len(rows)),
        sql.SQL(f"on conflict {on_conflict}" if on_conflict else ""),
    )
    connection.execute(statement, [row[column] for row in rows for column in columns])
