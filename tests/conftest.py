"""Fixtures: `database`, `empty_database`, `server`, `private_server`; pgTAP files run once on every server.

INCIDENT_REQUIRE_ALL=1 (set by .ci/run) insists on all servers and tools, and turns a skip into a failure.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator

import pytest
from pytest_pgtap.pgtap import Runner
from pytest_pgtap.plugin import PgTapFile, PgTapItem

from tests.support.pgtap import RolledBack, TapRunner
from tests.support.progress import Progress
from tests.support.servers import (
    OWN,
    PGTAP_OPTIONS,
    Database,
    Server,
    Servers,
    pgtap_script,
    pgtap_server_names,
    server_names,
    temporary_server,
)

SERVERS = pytest.StashKey[Servers]()
REQUIRE_ALL = os.environ.get("INCIDENT_REQUIRE_ALL") == "1"


# Fixtures


@pytest.fixture(params=server_names())
def server(request: pytest.FixtureRequest) -> Server:
    """Each PostgreSQL there is, shared by the whole session. Narrow it down with
    @pytest.mark.parametrize("server", server_names("extension"), indirect=True)."""
    return request.config.stash[SERVERS][request.param]


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """A fresh database with pg_incident installed."""
    made = server.database("migrated")
    yield made
    server.drop(made)


@pytest.fixture
def empty_database(server: Server) -> Iterator[Database]:
    """A fresh database with nothing in it."""
    made = server.database()
    yield made
    server.drop(made)


@pytest.fixture
def private_server(server: Server) -> Iterator[Callable[..., Server]]:
    """Makes servers that are the test's alone, to be killed or configured: make(wal_level="logical")."""
    if server.cluster is None:
        pytest.skip("needs a server of its own, not the one given by DATABASE_URL or PG*")
    made: list[Server] = []

    def make(**settings: str) -> Server:
        made.append(temporary_server(server.name, settings))
        return made[-1]

    yield make
    for one in made:
        one.remove()


# pgTAP: pytest-pgtap collects test*.sql and reads the TAP; here each file becomes one item per server


class PgTapFileOnEveryServer(PgTapFile):
    def collect(self) -> Iterator[PgTapItem]:
        for once in super().collect():
            for name in pgtap_server_names():
                item = PgTapOnServer.from_parent(self, name=f"{once.name}[{name}]", server_name=name)
                item.own_markers.extend(once.own_markers)
                yield item


class PgTapOnServer(PgTapItem):
    def __init__(self, *, server_name: str, **options: object) -> None:
        super().__init__(**options)
        self.server_name = server_name


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: object, parent: pytest.Collector) -> Iterator[list[pytest.Collector]]:
    collectors = yield
    return [
        PgTapFileOnEveryServer.from_parent(parent, path=one.path) if type(one) is PgTapFile else one
        for one in collectors
    ]


@pytest.fixture
def _pgtap_runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """Where pytest-pgtap runs a file: in a transaction, rolled back, of the one database each server has for
    them; for files marked `own_database` a fresh database."""
    if pgtap_script() is None:
        pytest.skip("pgTAP is not installed (Debian, Ubuntu: apt-get install postgresql-15-pgtap)")
    server = request.config.stash[SERVERS][request.node.server_name]
    if request.node.get_closest_marker("own_database"):
        made = server.database("pgtap")
        with made.connect(options=PGTAP_OPTIONS) as connection:
            yield TapRunner(connection)
        server.drop(made)
    else:
        yield RolledBack(server.pgtap_connection())


# The session


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--progress", action="store_true", help="say what runs and how long it takes still")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.progress and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config))
    config.option.pgtap_uri = None  # its header would print the password in DATABASE_URL
    servers = config.stash[SERVERS] = Servers()
    atexit.register(servers.remove)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVERS].remove()


def pytest_report_header() -> str:
    return f"PostgreSQL: {', '.join(server_names()) or 'none'}; pgTAP: {pgtap_script() or 'none'}"


def pytest_sessionstart() -> None:
    if not REQUIRE_ALL or server_names() == [OWN]:
        return
    present = {
        "the embedded PostgreSQL 18 (make setup)": "pg18" in server_names(),
        "a PostgreSQL of the system, 15 or newer": len(server_names()) > 1,
        "plpgsql_check": bool(server_names("plpgsql_check")),
        "pg_cron": bool(server_names("pg_cron")),
        "pgTAP": pgtap_script() is not None,
        "ffmpeg": shutil.which("ffmpeg") is not None,
    }
    if missing := [name for name, found in present.items() if not found]:
        raise pytest.UsageError(f"INCIDENT_REQUIRE_ALL=1, but missing: {', '.join(missing)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[pytest.TestReport]:
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"INCIDENT_REQUIRE_ALL=1 allows no skip: {report.longrepr}"
    return report
