"""Rows on their way to the database, on disk (SQLite). A row leaves the spool once the database has it.

Every round is written here before it is sent, so a crash at any moment loses nothing; what was sent but
not yet removed is sent again, and the database keeps one row for a device and time.

While the file cannot be written the rows are kept in memory, those of the file too if it can be read, and
go back into it as soon as it can. A damaged file is set aside and what can be read of it is kept.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import re
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

log = logging.getLogger("host_agent")
T = TypeVar("T")

SCHEMA = """
create table if not exists spool (
    id integer primary key autoincrement, -- order of sending
    round text not null,                  -- timestamp of the sample, in UTC
    host_name text not null,
    table_name text not null,
    row text not null,                    -- JSON, column -> value
    healthy integer not null,             -- 1: every status is active. These are dropped first
    trouble text,                         -- why it is not stored yet
    attempts integer not null default 0,
    not_before real not null default 0,   -- seconds since 1970
    rejected text                         -- what the database said of the row; null: waiting
);
create index if not exists spool_waiting on spool (id) where rejected is null;
create table if not exists latest (only integer primary key check (only = 1), round text not null);
"""
COLUMNS = "id, round, host_name, table_name, row, healthy, trouble, attempts, not_before, rejected"
DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)  # the first: not our tables
DECODER = json.JSONDecoder()
LONGEST_PAUSE = 600  # seconds; 1, 2, 4 ... before
DROP_OLD = "delete from spool where round < ?"
DROP_SOME = "delete from spool where id in (select id from spool order by healthy desc, id limit 500)"


@dataclass(frozen=True)
class Row:
    """A row of a metrics table."""

    table: str
    values: dict[str, Any]
    id: int = 0  # in the spool
    rejected: str | None = field(default=None, compare=False)
    trouble: str | None = field(default=None, compare=False)

    @property
    def host_name(self) -> str:
        return str(self.values.get("host_name"))


class Spool:
    """The spool file; several processes may have it open."""

    def __init__(self, file: Path, days: float = math.inf, megabytes: float = math.inf) -> None:
        self.file, self.days, self.megabytes = file, days, megabytes
        self.in_memory = True
        self._of_file = 0  # the last row in memory that is a row of the file, too
        self._database = open_database(":memory:")
        self._to_file()

    def close(self) -> None:
        self._database.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Keep the rows of one or more rounds; on the disk when this returns, if there is one."""
        if not self.in_memory and not self.file.exists():
            self._to_memory(f"{self.file} was deleted")
        self._to_file()
        self._run(lambda database: self._insert(database, rows))
        self._limit()

    def _insert(self, database: sqlite3.Connection, rows: Iterable[Row]) -> None:
        found = [(one.values["timestamp"], one.host_name, one.table, one.values) for one in rows]
        insert = "insert into spool (round, host_name, table_name, row, healthy) values (?, ?, ?, ?, ?)"
        database.executemany(insert, [(*one, json.dumps(row), is_healthy(row)) for *one, row in found])
        later = "on conflict do update set round = max(round, excluded.round)"
        database.executemany(f"insert into latest values (1, ?) {later}", [(one[0],) for one in found[-1:]])

    def latest(self) -> datetime | None:
        """The time of the latest round ever kept, in this file."""
        for (round,) in self._run(lambda database: database.execute("select round from latest").fetchall()):
            return datetime.fromisoformat(round)
        return None

    def waiting(self, limit: int, without: Collection[str] = ()) -> list[Row]:
        """The oldest rows whose time has come, about `limit` of them: whole rounds, and one at least; not
        those of the hosts `without`."""
        waiting = (
            "select id, table_name, row, rejected, trouble, round from spool where rejected is null"
            f" and not_before <= ? and host_name not in ({', '.join('?' * len(without))})"
        )
        values = [time.time(), *without]

        def read(database: sqlite3.Connection) -> list[Row]:
            found = database.execute(f"{waiting} order by id limit ?", [*values, limit + 1]).fetchall()
            if len(found) > limit:
                first, last = found[0][-1], found[-1][-1]
                if first == last:
                    found = database.execute(f"{waiting} and round = ? order by id", [*values, first])
                else:
                    found = [one for one in found if one[-1] != last]
            return [row_of(one[:-1]) for one in found]

        return self._run(read)

    def listed(self, everything: bool = False) -> list[Row]:
        """Rows with a reason why they are not in the database: those it refused, in quarantine, and those
        that step aside; or every row."""
        which = "" if everything else " where rejected is not null or trouble is not null"
        select = f"select id, table_name, row, rejected, trouble from spool{which} order by id"
        return self._run(lambda database: [row_of(one) for one in database.execute(select)])

    def rejected(self) -> list[Row]:
        """The quarantine: rows that the database refused."""
        return [row for row in self.listed() if row.rejected is not None]

    def settle(self, sent: Sequence[Row], refused: Sequence[Row] = ()) -> None:
        """Forget the rows that the database has; quarantine those it refused (`rejected` says why), and have
        those that met `trouble` wait longer each time."""
        pause = f"min({LONGEST_PAUSE}, 1 << min(attempts, 10))"
        keep = (
            "update spool set rejected = ?, trouble = ?, attempts = attempts + 1,"
            f" not_before = ? + {pause} where id = ?"
        )
        kept = [(row.rejected, row.trouble, time.time(), row.id) for row in refused]
        gone = [(row.id,) for row in sent]

        def write(database: sqlite3.Connection) -> None:
            database.executemany(keep, kept)
            database.executemany("delete from spool where id = ? and rejected is null", gone)

        self._run(write)

    def set_trouble(self, host_name: str, trouble: str) -> None:
        """Say of all waiting rows of a host why they wait."""
        update = "update spool set trouble = ? where host_name = ? and rejected is null and trouble is not ?"
        self._run(lambda database: database.execute(update, [trouble, host_name, trouble]))

    def retry(self, ids: Sequence[int] = ()) -> int:
        """Send rows again, now; all when no id is given. Returns how many."""
        start = "update spool set rejected = null, trouble = null, attempts = 0, not_before = 0"
        return self._change(start, ids, "listed")

    def drop(self, ids: Sequence[int] = (), which: str = "listed") -> int:
        """Delete these rows; without ids all that are listed, or all that are 'waiting'. Returns how many."""
        return self._change("delete from spool", ids, which)

    def _change(self, statement: str, ids: Sequence[int], which: str) -> int:
        rows = {
            "listed": "rejected is not null or trouble is not null",
            "waiting": "rejected is null",
        }[which]
        chosen = f"id in ({', '.join(str(int(one)) for one in ids)})" if ids else rows
        return self._run(lambda database: database.execute(f"{statement} where {chosen}").rowcount)

    def count(self, host_name: str | None = None) -> tuple[int, int, str | None]:
        """Rows waiting, rows in quarantine, and the oldest waiting round; of all hosts or of one."""
        of_host = " and host_name = :host" if host_name else ""
        count = (
            f"select (select count(*) from spool where rejected is null{of_host}),"
            f" (select count(*) from spool where rejected is not null{of_host}),"
            f" (select round from spool where rejected is null{of_host} order by id limit 1)"
        )
        return self._run(lambda database: database.execute(count, {"host": host_name}).fetchone())

    def _limit(self) -> None:
        """Drop the oldest rows over the limits of age and size, of size the healthy first."""
        oldest = (datetime.now(UTC) - timedelta(days=min(self.days, 10_000))).isoformat()
        dropped = self._run(lambda database: database.execute(DROP_OLD, [oldest]).rowcount)
        while self._run(used_bytes) > self.megabytes * 1_000_000:
            some = self._run(lambda database: database.execute(DROP_SOME).rowcount)
            if not some:
                break
            dropped += some
        if dropped:
            log.error(
                "%d rows DROPPED from %s, over the limit of %g days or %g MB (spool_days, spool_megabytes)",
                *(dropped, self.file, self.days, self.megabytes),
            )

    # Between the file and memory

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Work in a transaction; where the file fails it, in memory with what can be read of the file."""
        try:
            with self._database:
                return work(self._database)
        except sqlite3.Error as error:
            if self.in_memory:
                raise
            self._to_memory(error)
            with self._database:
                return work(self._database)

    def _to_memory(self, why: object) -> None:
        log.error("cannot use %s (%s); going on in memory", self.file, why)
        file, self._database = self._database, open_database(":memory:")
        self.in_memory = True
        self._of_file = 0
        if damaged(why):
            file.close()
            self._set_aside(why)
        else:
            rows = all_rows(file)
            insert_rows(self._database, rows)
            self._of_file = max((row[0] for row in rows), default=0)
            file.close()
        self._to_file()

    def _to_file(self) -> None:
        """From memory to the file, as soon as it can be written."""
        if not self.in_memory or str(self.file) == ":memory:":
            return
        try:
            try:
                database = open_database(self.file)
            except sqlite3.Error as error:
                if not damaged(error):
                    raise
                self._set_aside(error)
                database = open_database(self.file)
            rows = [
                (row[0] if row[0] <= self._of_file else None, *row[1:]) for row in all_rows(self._database)
            ]
            try:
                with database:
                    database.execute("delete from spool where id <= ?", [self._of_file])
                    insert_rows(database, rows)
            except sqlite3.Error:
                database.close()
                raise
        except (sqlite3.Error, OSError) as error:
            log.error("cannot write %s (%s); rows are kept in memory", self.file, error)
            return
        self._database.close()
        self._database, self.in_memory = database, False

    def _set_aside(self, error: object) -> None:
        """Rename a damaged file, and take into memory what can be read of it."""
        rows = carved(self.file)
        with self._database:
            self._insert(self._database, rows)
        aside = self.file.with_name(f"{self.file.name}.damaged-{time.time():.0f}")
        self.file.rename(aside)
        self.file.with_name(f"{self.file.name}-journal").unlink(missing_ok=True)
        log.error("%s is damaged (%s); moved to %s, %d rows saved", self.file, error, aside, len(rows))


def open_database(file: Path | str) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=5)
    try:
        # FULL: a commit survives a power failure. Not WAL, which cannot even be read where the disk is full.
        database.execute("pragma journal_mode = truncate")
        database.execute("pragma synchronous = full")
        database.execute(
            "pragma secure_delete = fast"
        )  # what was sent shall not come back from a damaged file
        database.executescript(SCHEMA)
        database.execute(f"select {COLUMNS} from spool limit 1")
    except BaseException:
        database.close()
        raise
    return database


def all_rows(database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return database.execute(f"select {COLUMNS} from spool order by id").fetchall()


def carved(file: Path) -> list[Row]:
    """The rows that stand in a damaged file, whatever has become of its structure. Some of them may have been
    sent or dropped before: the database keeps each once."""
    text = file.read_bytes().decode("latin-1")  # json.dumps writes ASCII
    found: dict[str, Row] = {}
    for start in re.finditer(r'\{"host_name": ', text):
        with contextlib.suppress(ValueError, KeyError):
            values, _ = DECODER.raw_decode(text, start.start())
            table = "system_device_metrics" if "capture_folder" in values else "system_metrics"
            found.setdefault(json.dumps([values["timestamp"], values]), Row(table, values))
    return [found[one] for one in sorted(found)]


def insert_rows(database: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    database.executemany(f"insert into spool ({COLUMNS}) values ({', '.join('?' * 10)})", rows)


def damaged(error: object) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return isinstance(error, sqlite3.Error) and code & 0xFF in DAMAGED


def used_bytes(database: sqlite3.Connection) -> int:
    pages, free, size = (
        database.execute(f"pragma {one}").fetchone()[0]
        for one in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def is_healthy(values: dict[str, Any]) -> bool:
    found = [values.get(f"{name}_status") for name in ("ffmpeg", "monitor")]
    return all(set(one.values() if isinstance(one, dict) else [one]) <= {"active", None} for one in found)


def row_of(found: Sequence[Any]) -> Row:
    id, table, row, rejected, trouble, *_ = found
    try:
        return Row(table, json.loads(row), id, rejected, trouble)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"row {id} is not JSON: {error}") from None
