"""A database, receivers, and notifiers that run as their own role."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.embedded import REPO
from tests.notify import receivers
from tests.support.servers import Database

FAILING = """
insert into system_device_metrics (
    host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
)
select %(host)s, n, 'Device ' || n, 'folder ' || n, now(), %(status)s, 'active'
from generate_series(%(first)s::int, %(last)s::int) as n
"""


@pytest.fixture
def mailbox() -> Iterator[receivers.Mailbox]:
    with receivers.mailbox() as made:
        yield made


@pytest.fixture
def service() -> Iterator[receivers.Service]:
    with receivers.service() as made:
        yield made


@pytest.fixture
def other_service() -> Iterator[receivers.Service]:
    with receivers.service() as made:
        yield made


class Notifiers:
    """Runs notifiers on one database, as a login that has nothing but the group role."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.running: list[subprocess.Popen[str]] = []
        self.login = f"notifier_{database.name}"[:60]
        with database.connect() as connection:
            connection.execute(f'create role "{self.login}" login in role incident_notifier')

    def config(self, contacts: dict[str, Any], name: str = "n1", **settings: Any) -> Path:
        lines = [
            f"{key} = {json.dumps(value)}" for key, value in {"name": name, "site": "lab", **settings}.items()
        ]
        lines += [
            "[contact]",
            *(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in contacts.items()),
        ]
        file = self.folder / f"{name}.toml"
        file.write_text("\n".join(lines) + "\n")
        return file

    def command(self, file: Path, *command: str) -> dict[str, Any]:
        url = self.database.url.replace("postgres@", f"{self.login}@", 1)
        return {
            "args": [sys.executable, "-m", "notifier", "--config", str(file), *command],
            "cwd": REPO,
            "env": {**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
            "text": True,
        }

    def once(self, contacts: dict[str, Any], **settings: Any) -> subprocess.CompletedProcess[str]:
        return self.call(self.config(contacts, **settings), "once")

    def call(self, file: Path, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(**self.command(file, *command), capture_output=True, timeout=60, check=False)

    def run(self, contacts: dict[str, Any], name: str = "n1", **settings: Any) -> subprocess.Popen[str]:
        file = self.config(contacts, name, **{"poll_seconds": 0.2, **settings})
        log = (self.folder / f"{name}.log").open("a")
        self.running.append(subprocess.Popen(**self.command(file, "run"), stdout=log, stderr=log))
        return self.running[-1]

    def log(self, name: str = "n1") -> str:
        return (self.folder / f"{name}.log").read_text()

    def end(self) -> None:
        for one in self.running:
            one.terminate()
        for one in self.running:
            try:
                one.wait(30)
            except subprocess.TimeoutExpired:
                one.kill()
        with self.database.connect() as connection:
            connection.execute(f'drop owned by "{self.login}"; drop role "{self.login}"')


@pytest.fixture
def notifiers(database: Database, tmp_path: Path) -> Iterator[Notifiers]:
    made = Notifiers(database, tmp_path)
    with database.connect() as connection:
        connection.execute(
            "select incident.set_contact('default', group_interval => '0', messages_per_hour => 100000)"
        )
    yield made
    made.end()


@pytest.fixture
def fail(database: Database) -> Callable[..., None]:
    """fail(3): three devices of a host fail; fail(1, 3, status='active'): they recover."""

    def failing(first: int, last: int | None = None, status: str = "stuck", host: str = "host-1") -> None:
        last, first = (first, 1) if last is None else (last, first)
        with database.connect() as connection:
            connection.execute(FAILING, {"host": host, "status": status, "first": first, "last": last})

    return failing


def rows(database: Database, query: str) -> list[Any]:
    with database.connect() as connection:
        return connection.execute(query).fetchall()
