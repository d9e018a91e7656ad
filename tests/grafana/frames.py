"""Run SQL as Grafana's PostgreSQL data source does, and see the data frame that a panel gets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.grafana.expansion import Expanded, Fill

# Types of PostgreSQL by what Grafana takes them for. It would show any other as text, or not at all.
KINDS = {
    "number": {"int2", "int4", "int8", "float4", "float8", "numeric"},
    "time": {"timestamptz", "timestamp", "date"},
    "text": {"text", "varchar", "bpchar", "name", "uuid"},
    "boolean": {"bool"},
}
# By number: those of arrays must not be taken for their elements'.
TYPES = {one.oid: one.name for one in psycopg.adapters.types}
KIND_OF_TYPE = {name: kind for kind, names in KINDS.items() for name in names}


class FrameError(Exception):
    """What Grafana would show as an error in the panel."""


@dataclass
class Field:
    name: str
    kind: str
    values: list[Any]
    type: str = ""


@dataclass
class Frame:
    fields: list[Field]

    def __len__(self) -> int:
        return len(self.fields[0].values) if self.fields else 0

    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def rows(self) -> list[tuple[Any, ...]]:
        return list(zip(*(field.values for field in self.fields), strict=True))


@contextmanager
def viewer(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection with what Grafana's login may do: the rights of incident_viewer, and no writing."""
    options = "-c role=incident_viewer -c default_transaction_read_only=on -c statement_timeout=30s"
    with psycopg.connect(url, autocommit=True, options=options) as connection:
        yield connection


def run(connection: psycopg.Connection[Any], query: Expanded, form: str = "table") -> Frame:
    """The frame of a query whose format is table or time_series."""
    # Grafana sends the text as it is: no parameters, and per cent signs mean nothing.
    cursor = connection.execute(query.sql.encode(), binary=False)
    if cursor.description is None:
        raise FrameError("the query returns no rows by its nature")
    rows = cursor.fetchall()
    fields = []
    for number, column in enumerate(cursor.description):
        type_name = TYPES.get(column.type_code, f"oid {column.type_code}")
        kind = KIND_OF_TYPE.get(type_name, "other")
        fields.append(Field(column.name, kind, [_value(row[number], kind) for row in rows], type_name))
    frame = Frame(fields)
    return frame if form == "table" else to_time_series(frame, query.fill)


def _value(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "number":
        number = float(value)
        if not math.isfinite(number):
            raise FrameError(f"{number} cannot be shown")
        return int(value) if isinstance(value, int) else number
    return str(value) if kind in ("text", "other") else value


def to_time_series(frame: Frame, fill: Fill | None) -> Frame:
    """As Grafana does for the format time_series: rows in order of time; text columns name the series."""
    if "time" not in frame.names():
        raise FrameError("format time_series needs a column named time")
    time = frame["time"]
    if time.kind == "number":
        time.values = [_moment(value) for value in time.values]
    elif time.kind != "time":
        raise FrameError("the column time is neither a time nor a number of seconds")
    if None in time.values:
        raise FrameError("the column time holds nulls")
    if any(later < earlier for earlier, later in zip(time.values, time.values[1:], strict=False)):
        raise FrameError("the rows are not in order of time")
    labels = [field for field in frame.fields if field.kind == "text"]
    values = [field for field in frame.fields if field.kind == "number" and field is not time]
    if not values:
        raise FrameError("format time_series needs a column of numbers")

    moments = sorted(set(time.values))
    if fill and moments:
        moments = _buckets(moments[0], moments[-1], fill)
    row_of = {moment: row for row, moment in enumerate(moments)}
    series: dict[str, Field] = {}
    for row in range(len(frame)):
        names = [str(label.values[row]) for label in labels]
        for value in values:
            name = " ".join([*([] if labels and len(values) == 1 else [value.name]), *names])
            one = series.setdefault(name, Field(name, "number", [None] * len(moments), value.type))
            one.values[row_of[time.values[row]]] = value.values[row]
    if not labels and not series:
        series = {value.name: value for value in values}
    if fill and fill.value != "previous":
        for one in series.values():
            one.values = [fill.value if value is None else value for value in one.values]
    return Frame([Field("Time", "time", moments, "timestamptz"), *series.values()])


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _buckets(first: datetime, last: datetime, fill: Fill) -> list[datetime]:
    step = timedelta(seconds=fill.seconds)
    return [first + number * step for number in range(int((last - first) / step) + 1)]
