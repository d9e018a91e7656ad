"""Readings, each with its own try and time limit: what fails or hangs costs its own value alone."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
T = TypeVar("T")

PATIENCE = 0.1  # seconds that readings wait for one that is slow, before others get on beside it


class Readings:
    """Runs readings in a thread. Nothing ends the wait for a dead mount: the thread that waits there is left
    behind, others do the rest, and until it comes back that reading fails at once."""

    def __init__(self) -> None:
        self._hanging: dict[Any, threading.Thread] = {}

    def __call__(self, jobs: Mapping[K, Callable[[], T]], seconds: float) -> tuple[dict[K, T], dict[K, str]]:
        """What each job returned, and why the others did not. Takes `seconds` at most."""
        values: dict[K, T] = {}
        failures = {
            name: "no answer" for name, one in self._hanging.items() if name in jobs and one.is_alive()
        }
        todo = deque(name for name in jobs if name not in failures)
        running: dict[K, threading.Thread] = {}
        ended: list[K] = []
        all_ended, expected = threading.Event(), len(todo)

        def work() -> None:
            while todo:
                with contextlib.suppress(IndexError):  # another took the last one
                    name = todo.popleft()
                    running[name] = threading.current_thread()
                    try:
                        values[name] = jobs[name]()
                    except Exception as error:  # whatever a reading throws is that reading's own affair
                        failures[name] = reason(error)
                    del running[name]
                    ended.append(name)
                    if len(ended) == expected:
                        all_ended.set()

        deadline = time.monotonic() + seconds
        workers = 1
        while len(ended) < expected:
            for _ in range(workers):
                threading.Thread(target=work, daemon=True).start()
            left = deadline - time.monotonic()
            if all_ended.wait(min(PATIENCE, max(0.0, left))) or left <= 0:
                break
            workers = max(1, len(running))  # as many again as are waiting
        todo.clear()
        self._hanging |= dict(running)
        found = dict(values)
        return found, {name: failures.get(name, "no answer") for name in jobs if name not in found}


def reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(f"{type(error).__name__}: {error}".split())
