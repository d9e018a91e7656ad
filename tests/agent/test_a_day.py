"""A day at speed: the database comes and goes, the agent is killed, the clock is set, the disk is full. What
the agent kept is stored, each round once."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from host_agent.config import load
from host_agent.rounds import Agent, Stop, ticks
from host_agent.spool import Spool
from tests.agent.studio import Studio
from tests.support.rows import minute
from tests.support.servers import Database, server_names


class Minutes:
    """A wall clock whose minutes pass at once, and which is set now and then."""

    def __init__(self, now: float, dice: random.Random) -> None:
        self.now, self.dice = now, dice

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        if self.dice.random() < 0.02:
            self.now += self.dice.choice((-3600, -300, -0.5, 0.5, 300, 3600))
        return False


def agent_process(studio: Studio, url: str, start: float, seed: int) -> tuple[int, socket.socket]:
    """An agent that takes round after round, tells what it has kept, and waits for a nod."""
    ours, theirs = socket.socketpair()
    if child := os.fork():
        theirs.close()
        return child, ours
    try:
        os.environ["DATABASE_URL"] = url
        config = load(studio.config)
        spool = Spool(config.spool)
        agent = Agent(config, spool, Stop())
        clock = Minutes(start, random.Random(seed))
        for at in ticks(60, clock, clock, spool.latest()):
            agent.keep(agent.sample(at))
            theirs.send(f"{at.isoformat()} {clock.now}".encode())
            agent.send()
            theirs.recv(1)
    finally:
        os._exit(1)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder]).returncode
    ):
        pytest.skip("cannot mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("server", server_names()[:1], indirect=True)
@pytest.mark.parametrize("rounds", [30, pytest.param(1440, marks=pytest.mark.nightly)])
def test_whatever_happens_each_round_is_stored_once(
    studio: Studio, database: Database, disk: Path, rounds: int
) -> None:
    dice = random.Random(7)
    studio.configure("a", "b")
    text = studio.config.read_text()
    studio.config.write_text(text.replace(f"{studio.root}/spool.sqlite3", f"{disk}/spool.sqlite3"))
    kept: list[str] = []
    now = minute(0).timestamp()
    sizes = []
    deadline = time.monotonic() + 3 * rounds
    while len(kept) < rounds:
        assert time.monotonic() < deadline, f"{len(kept)} rounds only"
        away = dice.random() < 0.4
        accept(database, not away)
        full = dice.random() < 0.3
        if full:
            with (disk / "fill").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"x" * 1024)
        child, pipe = agent_process(studio, database.url, now, dice.randrange(1 << 30))
        pipe.settimeout(30)
        end = dice.randrange(1, max(10, rounds // 12))
        with pipe:
            for number in range(end + 2):
                if number == end and full:  # what is in memory alone would be lost with it
                    (disk / "fill").unlink()
                at, clock = pipe.recv(100).decode().split()
                kept.append(at)
                now = float(clock)
                if number <= end:
                    pipe.send(b".")
            sizes.append(psutil.Process(child).memory_info().rss)
            time.sleep(dice.random() * 0.05)  # somewhere in its sending
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    accept(database, True)
    os.environ["DATABASE_URL"] = database.url
    spool = Spool(disk / "spool.sqlite3")
    agent = Agent(load(studio.config), spool, Stop())
    agent.keep(agent.sample(datetime.fromtimestamp(now + 3 * 86400).astimezone()))
    end = time.monotonic() + 60
    while not agent.send():
        assert time.monotonic() < end
    with database.connect() as connection:
        query = "select timestamp from {} where timestamp < to_timestamp(%s)"
        hosts = [at for (at,) in connection.execute(query.format("system_metrics"), [now + 2 * 86400])]
        devices = connection.execute(query.format("system_device_metrics"), [now + 2 * 86400]).fetchall()
    assert len(set(kept)) == len(kept)
    missing = {datetime.fromisoformat(at) for at in kept} - set(hosts)
    assert not missing
    # A round that was killed between the spool and the pipe is there, too; there are few.
    assert len(hosts) - len(kept) <= len(sizes)
    assert len(devices) == 2 * len(hosts)
    assert max(sizes) < 150 * 1024 * 1024


def accept(database: Database, connections: bool) -> None:
    with psycopg.connect(database.server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"alter database {database.name} allow_connections {connections}")
        if not connections:
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [database.name]
            )
