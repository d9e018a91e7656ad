"""The bench's own server, its databases, timing and the printed tables."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import psycopg

from db.embedded import Cluster
from tests.support.servers import Database, Server

# As durable as in production, the memory of a small server; no checkpoint falls into a measurement.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "log_checkpoints": "off",
}

# Long enough ago that no sample lies in the future.
# Not longer ago than rows are accepted.
START = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=60)

Row = dict[str, Any]
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Options:
    quick: bool = False
    days: float = 1
    devices: tuple[int, ...] = ()


@dataclass
class Workbench:
    server: Server
    options: Options

    @classmethod
    @contextlib.contextmanager
    def open(cls, bin: Path, options: Options) -> Iterator[Workbench]:
        """A new server in a temporary folder, removed at the end."""
        home = Path(tempfile.mkdtemp(prefix="pg_incident-bench-"))
        home.chmod(0o711)  # root's server runs as another user
        cluster = Cluster(bin, home, SETTINGS)
        try:
            cluster.start()
            yield cls(Server("bench", bin, cluster), options)
        finally:
            cluster.stop("immediate")
            shutil.rmtree(home, ignore_errors=True)

    def version(self) -> str:
        with psycopg.connect(self.server.url()) as connection:
            return connection.execute("show server_version").fetchone()[0]

    @contextlib.contextmanager
    def database(
        self, start: datetime = START, *, first_day: int = 0, last_day: int = 1
    ) -> Iterator[Database]:
        """A fresh database with the package, and partitions from first_day to last_day after start."""
        made = self.server.database("migrated")
        with made.connect() as connection:
            connection.execute(
                "select incident_engine.ensure_partitions(%s, %s)",
                [start + timedelta(days=first_day), start + timedelta(days=last_day)],
            )
        yield made
        self.server.drop(made)


def without_trigger(connection: Connection) -> None:
    """Leave the bare table: same columns, partitions, indexes and constraints, no one who looks at them."""
    connection.execute("drop trigger fold_new_samples on public.system_device_metrics")


@dataclass
class Times:
    """How long each repetition took on the clock, and how long the server's process worked on it (CPU)."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextlib.contextmanager
    def measured(self, connection: Connection) -> Iterator[None]:
        pid = connection.info.backend_pid
        cpu, clock = cpu_seconds(pid), time.perf_counter()
        yield
        self.clock.append(time.perf_counter() - clock)
        self.cpu.append(cpu_seconds(pid) - cpu)

    def rate(self, rows: int) -> int:
        """Rows per second in the median repetition."""
        return round(rows / statistics.median(self.clock))

    def ratio(self, bare: Times) -> Row:
        """How many times as long as bare: median and middle half of the pairs of interleaved repetitions, and
        the same of the CPU time in all, which other load on the machine hardly touches."""
        pairs = [mine / base for mine, base in zip(self.clock, bare.clock, strict=True)]
        low, middle, high = statistics.quantiles(pairs, n=4, method="inclusive")
        cpu = sum(self.cpu) / sum(bare.cpu) if sum(bare.cpu) else None
        return {
            "ratio": round(middle, 3),
            "ratio_low": round(low, 3),
            "ratio_high": round(high, 3),
            "cpu_ratio": cpu and round(cpu, 3),
        }


def cpu_seconds(pid: int) -> float:
    """What a process has used so far, to the nanosecond on Linux; 0 where it cannot be read."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    return 0.0


def machine() -> str:
    """Kind of machine, for whoever reads the numbers later."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, IndexError):
        text = Path("/proc/cpuinfo").read_text()
        name = text.split("model name", 1)[1].split(":", 1)[1].split("\n", 1)[0].strip()
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} x {name}, {memory:.0f} GB, {platform.system()}, load {load:.1f} at the start"


def print_table(rows: list[Row]) -> None:
    """Columns by name, words of a name one below the other; `x` with `x_low` and `x_high` in one."""
    table = [{name: cell(row, name) for name in row if not name.endswith(("_low", "_high"))} for row in rows]
    headings = {name: name.split("_") for name in table[0]}
    height = max(map(len, headings.values()))
    widths = {
        name: max(*map(len, words), *(len(row[name]) for row in table)) for name, words in headings.items()
    }
    for line in range(height):
        words = [([""] * (height - len(heading)) + heading)[line] for heading in headings.values()]
        print("  ".join(map(str.rjust, words, widths.values())))
    print("  ".join("-" * width for width in widths.values()))
    for row in table:
        print("  ".join(row[name].rjust(widths[name]) for name in row))
    print(flush=True)


def cell(row: Row, name: str) -> str:
    value = row[name]
    if f"{name}_low" in row:
        return f"{value:.2f} ({row[name + '_low']:.2f}-{row[name + '_high']:.2f})"
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
