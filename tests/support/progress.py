"""`pytest --progress`: what runs now, how much is done, how long still; failures as they come.

The time left is reckoned from what each test took in the run before (pytest's cache), a new one counts as
the average of its file. Works with pytest-xdist's processes and without.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

CACHE = "incident/seconds"
EVERY = 15  # seconds between two lines; on a terminal the line is rewritten each second
AT_FIRST = 0.5  # seconds of a test about which nothing is known


class Progress:
    def __init__(self, config: pytest.Config) -> None:
        self.cache: pytest.Cache | None = getattr(config, "cache", None)
        self.known: dict[str, float] = (self.cache and self.cache.get(CACHE, None)) or {}
        self.processes = getattr(config.option, "numprocesses", None) or 1
        self.out = sys.stderr
        self.seconds: dict[str, float] = {}  # of those that ran
        self.waiting: dict[str, float] = {}  # those to come, and what they should take
        self.running: dict[str, None] = {}
        self.failed = self.total = 0
        self.expected = 0.0
        self.began = self.told = time.monotonic()

    def expect(self, tests: list[str]) -> None:
        by_file: dict[str, list[float]] = {}
        for test in tests:
            if test in self.known:
                by_file.setdefault(file_of(test), []).append(self.known[test])
        average = {file: sum(seconds) / len(seconds) for file, seconds in by_file.items()}
        for test in tests:
            self.waiting[test] = self.known.get(test, average.get(file_of(test), AT_FIRST))
        self.total = len(self.waiting)
        self.expected = sum(self.waiting.values())
        self.began = self.told = time.monotonic()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.items:
            self.expect([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        if not self.total:
            self.expect(ids)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.running[nodeid] = None
        self.tell()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not is_part(report):
            self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
            if report.failed:
                self.failed += 1
                self.tell(f"FAILED {report.nodeid}")

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.running.pop(nodeid, None)
        self.waiting.pop(nodeid, None)
        self.tell()

    def pytest_sessionfinish(self) -> None:
        if self.out.isatty():
            self.out.write("\r\033[K")
        if self.cache and self.seconds:
            seconds = self.known | {test: round(taken, 2) for test, taken in self.seconds.items()}
            self.cache.set(CACHE, seconds)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> Iterator[tuple[str, str, object]]:
        """No letter for each test: failures have a line of their own."""
        category, _, word = yield
        return category, "", "" if report.passed else word

    def tell(self, failure: str = "") -> None:
        now = time.monotonic()
        tty = self.out.isatty()
        if not failure and now - self.told < (1 if tty else EVERY):
            return
        self.told = now
        if failure:
            self.out.write(f"\r\033[K{failure}\n" if tty else f"{failure}\n")
        if tty:
            self.out.write(f"\r\033[K{self.line(now)}"[: shutil.get_terminal_size().columns + 3])
        elif not failure:
            self.out.write(f"{self.line(now)}\n")
        self.out.flush()

    def line(self, now: float) -> str:
        gone = now - self.began
        left = sum(self.waiting.values())
        # Seconds of tests done in a second; before anything is known of this run, one in each process.
        pace = (self.expected - left) / gone if gone > 2 * EVERY else self.processes
        failed = f", {self.failed} failed" if self.failed else ""
        where = dict.fromkeys(str(PurePosixPath(file_of(test)).parent) for test in self.running)
        return (
            f"{self.total - len(self.waiting):,} of {self.total:,} tests{failed}, {clock(gone)} gone, "
            f"about {clock(left / max(pace, 0.01))} left; in {', '.join(where)}"
        )


def file_of(test: str) -> str:
    return test.split("::")[0]


def is_part(report: pytest.TestReport) -> bool:
    """True for one assertion of a pgTAP file: a subtest."""
    return getattr(report, "context", None) is not None


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
