"""PostgreSQL servers for the tests: which there are, started when first needed, thrown away at the end.

With DATABASE_URL or PG* variables set, that server alone is used. Otherwise every PostgreSQL of this
machine, each in a temporary folder: `pg18`, the embedded one, and the system's, `pg15` and so on
(/usr/lib/postgresql/*, pg_config on PATH).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from db.embedded import Cluster, ServerError, wheel_bin
from tests.support.lengths import FULL
from tests.support.psql import migrate, run_psql, server_is_given

# A crash may eat the data of a throw-away server: no waiting for the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_prepared_transactions": "4",
    "log_checkpoints": "off",
    "max_wal_size": "256MB",  # it is in memory, too
    "jit": "off",  # the engine turns it off itself; a login that reads reports should, see docs/grafana.md
}
# Our words before pgTAP's: test.plan() stands before its own.
PGTAP_OPTIONS = (
    "-c search_path=public,test,tap -c client_min_messages=warning "
    f"-c test.at_full_length={'on' if FULL else 'off'}"
)
ROOM_IN_MEMORY = 4 * 2**30  # bytes free, for servers in memory
VOCABULARY = Path(__file__).with_name("vocabulary.sql")  # words for the pgTAP tests
OWN = "own"  # the name of the server that DATABASE_URL or PG* point to


@cache
def installations() -> dict[str, Path | None]:
    """Name of each PostgreSQL to test on -> folder of its programs, None for a server of one's own."""
    if server_is_given():
        return {OWN: None}
    found: dict[str, Path | None] = {}
    with contextlib.suppress(ServerError):
        found["pg18"] = wheel_bin()
        if (older := wheel_bin().parents[1] / "pginstall/bin").exists():
            found["pg16"] = older
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if config := shutil.which("pg_config"):
        folders.append(Path(subprocess.check_output([config, "--bindir"], text=True).strip()))
    for folder in folders:
        if not (folder / "postgres").exists() or folder in found.values():
            continue
        version = subprocess.check_output([folder / "postgres", "--version"], text=True)
        major = int(version.split(")")[1].split(".")[0])
        if major >= 15:
            found[f"pg{major}" if f"pg{major}" not in found else f"pg{major}-system"] = folder
    return found


def server_names(extension: str | None = None) -> list[str]:
    """The servers to parametrise over, those alone whose installation brings `extension` if one is named. The
    oldest and the newest tell all that Python tests could find; what is between is for SQL alone."""
    return [
        name
        for name, folder in installations().items()
        if name != "pg16"
        and (
            extension is None
            or folder is None
            or (extension_folder(folder) / f"{extension}.control").exists()
        )
    ]


def pgtap_server_names() -> list[str]:
    return [*server_names(), *(["pg16"] if FULL and "pg16" in installations() else [])]


def extension_folder(bin: Path) -> Path:
    return Path(subprocess.check_output([bin / "pg_config", "--sharedir"], text=True).strip()) / "extension"


@cache
def pgtap_script() -> Path | None:
    """pgTAP as a plain SQL script; Debian's loads into any version, the embedded one too."""
    folders = [extension_folder(bin) for bin in installations().values() if bin]
    folders += sorted(Path("/usr/share/postgresql").glob("*/extension"), reverse=True)
    return next((folder / "pgtap.sql" for folder in folders if (folder / "pgtap.sql").exists()), None)


def load_pgtap(url: str, bin: Path | None = None) -> None:
    """pgTAP in schema tap, our words in schema test."""
    script = pgtap_script()
    assert script, "no pgtap.sql found"
    run_psql(url, file=script, bin=bin, arguments=["-c", "create schema tap; set search_path = tap"])
    run_psql(url, file=VOCABULARY, bin=bin)


@dataclass
class Database:
    """A database of its own for one test."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        """For psql and psycopg alike."""
        return self.server.url(self.name)

    def connect(self, *, autocommit: bool = True, **options: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=autocommit, **options)

    def psql(self, statements: str, **options: Any) -> str:
        """Run statements through the server's psql, return what it prints (unaligned, no headers)."""
        return run_psql(self.url, statements, bin=self.server.bin, **options).stdout.rstrip("\n")

    def migrate(self, **options: Any) -> subprocess.CompletedProcess[str]:
        return migrate(self.url, bin=self.server.bin, **options)


@dataclass
class Server:
    """A PostgreSQL server on which tests make databases."""

    name: str
    bin: Path | None  # folder of its programs, None: those on PATH
    cluster: Cluster | None = None  # None for a server of one's own
    _templates: dict[str, str] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)
    _count: itertools.count[int] = field(default_factory=itertools.count)
    _pgtap: psycopg.Connection[Any] | None = None

    def url(self, database: str = "") -> str:
        if self.cluster:
            return self.cluster.url(database or "postgres")
        return make_conninfo(os.environ.get("DATABASE_URL", ""), **({"dbname": database} if database else {}))

    @cached_property
    def version(self) -> int:
        """As server_version_num: 150020, 180004."""
        with psycopg.connect(self.url()) as connection:
            return connection.info.server_version

    def has_extension(self, name: str) -> bool:
        with psycopg.connect(self.url()) as connection:
            found = connection.execute("select from pg_available_extensions where name = %s", [name])
            return found.fetchone() is not None

    # Databases

    def database(self, template: str | None = None) -> Database:
        """A fresh database: empty, or with what the template `migrated` or `pgtap` holds."""
        name = f"incident_test_{os.getpid()}_{next(self._count)}"
        source = self._template(template) if template else "template0"
        # Copied files cost a third of the CPU of pages copied through the write-ahead log.
        self._execute(
            sql.SQL("create database {} template {} encoding 'UTF8' strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        self._made.append(name)
        return Database(self, name)

    def pgtap_connection(self) -> psycopg.Connection[Any]:
        """To the database that the pgTAP files share, not in autocommit; a new one when it was closed."""
        if self._pgtap is None or self._pgtap.closed:
            self._pgtap = self.database("pgtap").connect(autocommit=False, options=PGTAP_OPTIONS)
            self._pgtap.prepare_threshold = None
        return self._pgtap

    def drop(self, database: Database) -> None:
        self._execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database.name))
        )
        self._made.remove(database.name)

    def drop_all(self) -> None:
        while self._made:
            self.drop(Database(self, self._made[-1]))

    def _template(self, kind: str) -> str:
        """Name of the template database, made on first use: `migrated`; `pgtap`: with schemas tap, test."""
        if kind not in self._templates:
            if kind == "migrated":
                made = self.database()
                made.migrate()
                # Days of the tests are fixed, and may be long past when the tests run.
                run_psql(
                    made.url,
                    "update incident.retention set accept_late = null; delete from incident.policy_change",
                    bin=self.bin,
                )
            else:
                made = self.database("migrated")
                load_pgtap(made.url, self.bin)
            self._templates[kind] = made.name
        return self._templates[kind]

    def _execute(self, statement: sql.Composable) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    # Life and death, for servers of our own

    def start(self) -> None:
        assert self.cluster
        self.cluster.start()

    def stop(self, mode: str = "fast") -> None:
        assert self.cluster
        self.cluster.stop(mode)

    def kill9(self) -> None:
        """SIGKILL the postmaster and every backend; start() then recovers from the write-ahead log."""
        assert self.cluster
        pid = self.cluster.pid()
        assert pid
        postmaster = psutil.Process(pid)
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=10)

    def remove(self) -> None:
        """Stop it and delete its files; on a server of one's own drop what was made there."""
        if self.cluster is None:
            self.drop_all()
            return
        self.cluster.stop("immediate")
        shutil.rmtree(self.cluster.home, ignore_errors=True)


def temporary_server(name: str, settings: dict[str, str] | None = None, *, on_disk: bool = False) -> Server:
    """A new throw-away server of the installation `name`, running; in memory where there is room."""
    bin = installations()[name]
    if bin is None:
        return Server(name, None)
    home = server_home(on_disk=on_disk)
    preload = {"shared_preload_libraries": "pg_cron"} if name in server_names("pg_cron") else {}
    cluster = Cluster(bin, home, FAST | preload | (settings or {}))
    try:
        cluster.start()
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return Server(name, bin, cluster)


def server_home(*, on_disk: bool = False) -> Path:
    """A new folder for a server: one of pytest's would be closed to the user of a server of root's."""
    home = Path(tempfile.mkdtemp(prefix="pg_incident-", dir=None if on_disk else memory()))
    home.chmod(0o711)
    return home


def memory() -> Path | None:
    """The folder in memory, where a new database takes a tenth of the time; None if it has little room."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    if not roomy or min(shutil.disk_usage(folder).free, psutil.virtual_memory().available) < ROOM_IN_MEMORY:
        return None
    return folder


class Servers:
    """The session's servers, by name; each is started when first asked for."""

    def __init__(self) -> None:
        self._running: dict[str, Server] = {}

    def __getitem__(self, name: str) -> Server:
        if name not in self._running:
            self._running[name] = temporary_server(name)
        return self._running[name]

    def remove(self) -> None:
        while self._running:
            self._running.popitem()[1].remove()
