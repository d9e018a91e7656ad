"""What ffmpeg and the monitor of a device are doing, told from real processes and files.

active    fresh files of the expected pattern in the capture folder
stuck     a process alive, but no fresh files
stopped   no process
unknown   could not tell; the log says why
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from host_agent.config import Component
from host_agent.processes import Process, Processes

CLOCK_TOLERANCE = 5.0  # seconds; a file from further in the future tells nothing about now
# A file that is rewritten in place is empty, or not there, for a moment: how long to wait for it.
LOOK_AGAIN_SECONDS = (0.03, 0.06, 0.12, 0.25, 0.5)
LONG_LOOK_SECONDS = 0.5  # a folder that takes so long to read is not read again
LOOKS_AGAIN_EMPTY, LOOKS_AGAIN_CHANGED = 5, 3  # at an empty new file, at a folder that has just changed
FOLDERS = 10  # that match a pattern like '*/*.ts': the last changed ones


@dataclass(frozen=True)
class Status:
    """ffmpeg_status or monitor_status of a device, with its reason for the log."""

    status: str
    reason: str
    uptime_seconds: int | None = None
    last_activity: datetime | None = None


@dataclass(frozen=True)
class Look:
    """What was seen of a component in a capture folder at `now` (seconds since 1970)."""

    now: float
    serving: tuple[Process, ...]
    newest: float | None  # modification time of its newest file
    fresh: bool


def look(folder: Path, component: Component, processes: Processes, now: float | None = None) -> Look:
    """A look at a capture folder. Raises OSError when it cannot be read."""
    serving = tuple(processes.serving(folder, component))
    looks = 0
    while True:
        started = time.monotonic()
        newest, again = scan(folder, component, now)
        at = time.time() if now is None else now
        fresh = newest is not None and at - newest <= component.fresh_seconds
        if fresh or looks >= again or time.monotonic() - started > LONG_LOOK_SECONDS:
            break
        time.sleep(LOOK_AGAIN_SECONDS[looks])
        looks += 1
    return Look(at, serving, newest, fresh)


def newest_file(folder: Path, component: Component, now: float | None = None) -> float | None:
    return scan(folder, component, now)[0]


def scan(folder: Path, component: Component, now: float | None = None) -> tuple[float | None, int]:
    """Modification time of a fresh file if there is one (the first met: a folder may hold 100,000 files),
    else of the newest; and how many more looks are worth it. Empty files show that somebody tried, not that
    it works."""
    newest, again = None, 0
    for pattern in component.files:
        for found in matching(str(folder), pattern.split("/")):
            at = time.time() if now is None else now
            if found.st_mtime > at + CLOCK_TOLERANCE:
                continue
            fresh = at - found.st_mtime <= component.fresh_seconds
            if found.st_size and stat.S_ISREG(found.st_mode):
                newest = max(newest or 0.0, found.st_mtime)
                if fresh:
                    return newest, again
            elif fresh:
                empty = stat.S_ISREG(found.st_mode)
                again = max(again, LOOKS_AGAIN_EMPTY if empty else LOOKS_AGAIN_CHANGED)
    return newest, again


def matching(folder: str, pattern: list[str]) -> Iterator[os.stat_result]:
    """The files that match the pattern below the folder, and the folder that they are in."""
    name, *below = pattern
    if below and not any(mark in name for mark in "*?["):
        yield from matching(f"{folder}/{name}", below)
        return
    matches = re.compile(fnmatch.translate(name)).match
    folders = []
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return  # not created yet: no files
    with entries:
        for entry in entries:
            if not matches(entry.name):
                continue
            try:
                found = entry.stat()
            except FileNotFoundError:
                continue  # gone between the listing and now, or a dangling link
            if below and stat.S_ISDIR(found.st_mode):
                folders.append((found.st_mtime, entry.path))
            elif not below and stat.S_ISREG(found.st_mode):
                yield found
    if not below:
        yield os.stat(folder)  # noqa: PTH116
    for _, path in sorted(folders, reverse=True)[:FOLDERS]:
        yield from matching(path, below)


def judge(seen: Look, component: Component, doubt: str | None, clock_was_set: bool = False) -> Status:
    """The status that follows from a look. `doubt`: why there may be a process although none was found."""
    uptime = max((max(0, int(seen.now - one.started_at)) for one in seen.serving), default=None)
    files = "no files" if seen.newest is None else f"newest file {seen.now - seen.newest:.0f} s old"
    last_activity = datetime.fromtimestamp(seen.newest, UTC) if seen.newest is not None else None
    if seen.fresh:
        return Status("active", files, uptime, last_activity)
    if seen.serving:
        pids = ", ".join(str(one.pid) for one in seen.serving)
        if clock_was_set:  # the age of a file means nothing just now
            return Status("unknown", f"process {pids} alive, and the clock was set", uptime, last_activity)
        return Status("stuck", f"process {pids} alive, {files}", uptime, last_activity)
    if doubt:
        return Status("unknown", f"{files}, and {doubt}", None, last_activity)
    return Status("stopped", f"no {component.process} process, {files}", None, last_activity)


def device_status(
    folder: Path,
    component: Component,
    processes: Processes,
    now: float | None = None,
) -> Status:
    """The status of a component for a capture folder."""
    try:
        seen = look(folder, component, processes, now)
    except OSError as error:
        return Status("unknown", f"cannot read {error.filename or folder}: {error.strerror}")
    return judge(seen, component, processes.doubt())
