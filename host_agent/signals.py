"""What the agent hears from the system, and tells systemd."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from types import FrameType

WATCHDOG_SECONDS = 20  # systemd hears from the agent at least that often


class Interrupted(Exception):
    """A signal ended the wait for the database."""


class Stop:
    """SIGTERM and SIGINT end the agent: after what it is doing, or at once while it waits for the database.
    SIGHUP has it read its configuration again before the next round.

    The time limit for the database is a signal too: it holds even when the server has frozen with its
    connection open, where no timeout of libpq or the server helps.
    """

    def __init__(self) -> None:
        self.event = threading.Event()
        self.reload = False
        self._waiting = False
        signal.signal(signal.SIGHUP, self._reload)
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._overdue)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.event.set()
        self._interrupt("told to stop")

    def _reload(self, _signal: int, _frame: FrameType | None) -> None:
        self.reload = True

    def _overdue(self, _signal: int, _frame: FrameType | None) -> None:
        self._interrupt("no answer in time")

    def _interrupt(self, why: str) -> None:
        if self._waiting:
            self._waiting = False
            raise Interrupted(why)

    def wait(self, seconds: float) -> bool:
        """True when told to stop. Tells the watchdog of systemd meanwhile that the agent is alive."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.event.wait(min(left, WATCHDOG_SECONDS)):
            notify_systemd("WATCHDOG=1")
        return self.event.is_set()

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """What is inside ends with Interrupted after `seconds`, or when told to stop."""
        self._waiting = True
        signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
        try:
            if self.event.is_set():
                raise Interrupted("told to stop")
            yield
        finally:
            self._waiting = False
            signal.setitimer(signal.ITIMER_REAL, 0)


def notify_systemd(message: str) -> None:
    """sd_notify(3); nothing happens elsewhere."""
    if name := os.environ.get("NOTIFY_SOCKET"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(message.encode(), name.replace("@", "\0", 1) if name[0] == "@" else name)
