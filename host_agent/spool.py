"""Rows on their way to the database, on disk (SQLite). A row leaves the spool once the database has it.

Every round is written here before it is sent, so a crash at any moment loses nothing; what was sent but
not yet removed is sent again, and the database keeps one row for a device and time.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger("host_agent")

SCHEMA = """
create table if not exists spool (
    id integer primary key autoincrement, -- order of sending
    round text not null,                  -- timestamp of the sample, in UTC
    table_name text not null,
    row text not null,                    -- JSON, column -> value
    rejected text                         -- what the database said of the row; null: waiting
);
create index if not exists spool_waiting on spool (id) where rejected is null;
"""


@dataclass(frozen=True)
class Row:
    """A row of a metrics table."""

    table: str
    values: dict[str, Any]
    id: int = 0  # in the spool
    rejected: str | None = field(default=None, compare=False)


class Spool:
    """The spool file; several processes may have it open."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._database = self._open()
        except sqlite3.OperationalError:
            raise  # locked, no permission, disk full
        except sqlite3.DatabaseError as error:
            aside = file.with_name(f"{file.name}.damaged-{int(time.time())}")
            file.rename(aside)
            log.error("%s is damaged (%s); moved to %s, starting a new one", file, error, aside)
            self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.file, timeout=5)
        # WAL: `spool list` never waits for the agent. FULL: a commit survives a power failure.
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")
        database.executescript(SCHEMA)
        return database

    def close(self) -> None:
        self._database.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Keep the rows of one or more rounds; on the disk when this returns."""
        with self._database as transaction:
            transaction.executemany(
                "insert into spool (round, table_name, row) values (?, ?, ?)",
                [(row.values["timestamp"], row.table, json.dumps(row.values)) for row in rows],
            )

    def waiting(self, limit: int) -> list[Row]:
        """The oldest waiting rows, about `limit` of them: whole rounds, and one at least."""
        waiting = "select id, table_name, row, rejected, round from spool where rejected is null"
        found = self._database.execute(f"{waiting} order by id limit ?", [limit + 1]).fetchall()
        if len(found) > limit:
            first, last = found[0][-1], found[-1][-1]
            if first == last:
                found = self._database.execute(f"{waiting} and round = ? order by id", [first]).fetchall()
            else:
                found = [one for one in found if one[-1] != last]
        return [self._row(*one[:-1]) for one in found]

    def rejected(self) -> list[Row]:
        """The quarantine: rows that the database refused."""
        found = self._database.execute(
            "select id, table_name, row, rejected from spool where rejected is not null order by id"
        )
        return [self._row(*one) for one in found]

    def settle(self, sent: Sequence[Row], refused: Sequence[Row] = ()) -> None:
        """Forget the rows that the database has; quarantine those it refused (with `rejected` saying why)."""
        with self._database as transaction:
            for row in refused:
                transaction.execute("update spool set rejected = ? where id = ?", [row.rejected, row.id])
            transaction.executemany(
                "delete from spool where id = ? and rejected is null", [[row.id] for row in sent]
            )

    def retry(self, ids: Sequence[int]) -> int:
        """Send quarantined rows again, all when no id is given. Returns how many."""
        return self._change("update spool set rejected = null", ids)

    def drop(self, ids: Sequence[int]) -> int:
        """Delete quarantined rows, all when no id is given. Returns how many."""
        return self._change("delete from spool", ids)

    def _change(self, statement: str, ids: Sequence[int]) -> int:
        chosen = f" and id in ({', '.join(str(int(one)) for one in ids)})" if ids else ""
        with self._database as transaction:
            return transaction.execute(f"{statement} where rejected is not null{chosen}").rowcount

    def count(self) -> tuple[int, int, str | None]:
        """Rows waiting, rows in quarantine, and the oldest waiting round."""
        return self._database.execute(
            "select count(*) filter (where rejected is null), count(rejected),"
            " min(round) filter (where rejected is null) from spool"
        ).fetchone()

    @staticmethod
    def _row(id: int, table: str, row: str, rejected: str | None) -> Row:
        return Row(table, json.loads(row), id, rejected)
