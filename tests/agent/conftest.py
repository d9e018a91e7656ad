"""Fixtures: `studio`, `make_agent`, `wait_until`."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from host_agent.config import load
from host_agent.rounds import Agent, Stop
from host_agent.spool import Spool
from tests.agent.studio import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def make_agent(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Agent]]:
    """The agent inside the test, for a database: sample(at), keep, send, each when the test says."""
    handlers = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)}
    with contextlib.ExitStack() as stack:

        def make(url: str) -> Agent:
            monkeypatch.setenv("DATABASE_URL", url)
            config = load(studio.config)
            agent = Agent(config, stack.enter_context(contextlib.closing(Spool(config.spool))), Stop())
            for number in (signal.SIGTERM, signal.SIGINT):  # these are for pytest
                signal.signal(number, handlers[number])
            return agent

        yield make
    signal.signal(signal.SIGALRM, handlers[signal.SIGALRM])


@pytest.fixture(scope="session")
def wait_until() -> Callable[..., None]:
    def wait(condition: Callable[[], object], what: str = "condition", seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{what} did not come true in {seconds} s"
            time.sleep(0.02)

    return wait
