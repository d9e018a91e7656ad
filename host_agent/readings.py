"""Readings side by side, each with its own try and time limit: what fails or hangs costs its own value."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Readings:
    """Runs each reading in a thread. Nothing else ends the wait for a dead mount, and the thread that waits
    there is left behind; until it comes back that reading fails at once."""

    def __init__(self) -> None:
        self._hanging: dict[Any, threading.Thread] = {}

    def __call__(self, jobs: Mapping[K, Callable[[], T]], seconds: float) -> tuple[dict[K, T], dict[K, str]]:
        """What each job returned, and why the others did not. Takes `seconds` at most."""
        values: dict[K, T] = {}
        failures: dict[K, str] = {}

        def run(name: K, job: Callable[[], T]) -> None:
            try:
                values[name] = job()
            except Exception as error:  # whatever a reading throws is that reading's own affair
                failures[name] = reason(error)

        threads = {}
        for name, job in jobs.items():
            if name in self._hanging and self._hanging[name].is_alive():
                failures[name] = "no answer"
                continue
            threads[name] = threading.Thread(target=run, args=(name, job), daemon=True)
            threads[name].start()
        deadline = time.monotonic() + seconds
        for name, thread in threads.items():
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                self._hanging[name] = thread
        late = {name: "no answer" for name in threads if name not in values and name not in failures}
        return dict(values), dict(failures) | late


def reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(f"{type(error).__name__}: {error}".split())
