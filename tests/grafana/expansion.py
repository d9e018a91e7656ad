"""What Grafana makes of a panel's SQL before PostgreSQL sees it: variables, then $__interval, then macros."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

# $name, [[name]], [[name:format]], ${name}, ${name.field:format}
VARIABLE = re.compile(r"\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}")
MACRO = re.compile(r"\$([_a-zA-Z0-9]+)\(([^)]*)\)")
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

ALL = "$__all"
Value = str | list[str]


class ExpansionError(Exception):
    """What Grafana would answer with an error, or send to the database as it stands."""


@dataclass(frozen=True)
class Fill:
    """How $__timeGroup fills buckets without rows."""

    seconds: float
    value: float | str | None  # a number, None, or "previous"


@dataclass
class View:
    """What a person has chosen on the dashboard."""

    time_from: datetime
    time_to: datetime
    values: dict[str, Value] = field(default_factory=dict)  # where a variable is not at its default
    interval: timedelta = timedelta(minutes=15)


@dataclass(frozen=True)
class Expanded:
    sql: str
    fill: Fill | None


def expand(sql: str, variables: list[dict[str, Any]], view: View) -> Expanded:
    """`variables` as the dashboard defines them (templating.list)."""
    defined = {one["name"]: one for one in variables}
    sql = VARIABLE.sub(lambda match: _variable(match, defined, view), sql)
    seconds = int(view.interval.total_seconds())
    sql = sql.replace("$__interval_ms", str(seconds * 1000)).replace("$__interval", f"{seconds}s")
    macros = _Macros(view)
    sql = MACRO.sub(macros.replace, sql)
    return Expanded(sql, macros.fill)


def _variable(match: re.Match[str], defined: dict[str, dict[str, Any]], view: View) -> str:
    name = match[1] or match[2] or match[4]
    form = match[3] or match[6]
    if name not in defined:
        is_macro = match.string[match.end() : match.end() + 1] == "(" or name in (
            "__interval",
            "__interval_ms",
        )
        if not is_macro:
            raise ExpansionError(f"{match[0]} is neither a variable of the dashboard nor a macro")
        return match[0]
    if form:
        raise ExpansionError(f"{match[0]}: format {form} does not quote as SQL needs it")
    one = defined[name]
    value = view.values.get(name, one["current"].get("value", one.get("query", "")))
    multiple = one.get("multi") or one.get("includeAll")
    if value in (ALL, [ALL]):
        if one.get("allValue"):
            # As it is, without quotes, and then what it names.
            return VARIABLE.sub(lambda inner: _variable(inner, defined, view), str(one["allValue"]))
        value = [str(option["value"]) for option in one.get("options", []) if option["value"] != ALL]
    if isinstance(value, list):
        return ",".join(map(_literal, value))
    return _literal(value) if multiple else value.replace("'", "''")


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class _Macros:
    """The macros of the PostgreSQL data source (without TimescaleDB)."""

    def __init__(self, view: View) -> None:
        self.start, self.end = _rfc3339(view.time_from), _rfc3339(view.time_to)
        self.start_epoch, self.end_epoch = int(view.time_from.timestamp()), int(view.time_to.timestamp())
        self.fill: Fill | None = None

    def replace(self, match: re.Match[str]) -> str:
        name, arguments = match[1], [one.strip() for one in match[2].split(",")]
        known = {
            "__time": self.time,
            "__timeEpoch": self.time_epoch,
            "__timeFilter": self.time_filter,
            "__timeFrom": lambda: f"'{self.start}'",
            "__timeTo": lambda: f"'{self.end}'",
            "__timeGroup": self.time_group,
            "__timeGroupAlias": lambda *all: self.time_group(*all) + ' AS "time"',
            "__unixEpochFilter": self.epoch_filter,
            "__unixEpochFrom": lambda: str(self.start_epoch),
            "__unixEpochTo": lambda: str(self.end_epoch),
        }
        if name not in known:
            raise ExpansionError(f"${name} is not a macro")
        try:
            return known[name](*filter(None, arguments))
        except TypeError:
            raise ExpansionError(f"${name}({match[2]}): wrong number of arguments") from None

    def time(self, column: str) -> str:
        return f'{column} AS "time"'

    def time_epoch(self, column: str) -> str:
        return f'extract(epoch from {column}) as "time"'

    def time_filter(self, column: str) -> str:
        return f"{column} BETWEEN '{self.start}' AND '{self.end}'"

    def epoch_filter(self, column: str) -> str:
        return f"{column} >= {self.start_epoch} AND {column} <= {self.end_epoch}"

    def time_group(self, column: str, interval: str, fill: str = "") -> str:
        match = re.fullmatch(r"(\d+)(ms|[smhdw])", interval.strip("'"))
        if not match:
            raise ExpansionError(f"$__timeGroup: {interval} is not an interval")
        seconds = int(match[1]) * UNITS[match[2]]
        if fill:
            value = None if fill == "NULL" else "previous" if fill == "previous" else float(fill)
            self.fill = Fill(seconds, value)
        return f"floor(extract(epoch from {column})/{seconds:g})*{seconds:g}"


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
