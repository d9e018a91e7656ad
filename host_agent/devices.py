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
from itertools import pairwise
from pathlib import Path

import psutil

from host_agent.config import Component

CLOCK_TOLERANCE = 5.0  # seconds; a file from further in the future tells nothing about now
INTERPRETER = re.compile(r"(python|bash|dash|sh|node|perl|ruby)[\d.]*$")
OPTIONS_WITH_VALUE = ("-X", "-W")  # python's, before the script's name
INPUT = "-i"  # the one option of ffmpeg after which comes what it reads


@dataclass(frozen=True)
class Process:
    """A process of the right name, and the places its command line names."""

    pid: int
    started_at: float
    paths: frozenset[Path] = frozenset()
    readable: bool = True  # False: its command line or working folder belongs to another user


@dataclass(frozen=True)
class Status:
    """ffmpeg_status or monitor_status of a device, with its reason for the log."""

    status: str
    reason: str
    uptime_seconds: int | None = None
    last_activity: datetime | None = None


@dataclass(frozen=True)
class Processes:
    """The processes of a component, all read in one pass over the process table."""

    found: tuple[Process, ...]
    complete: bool  # False: the system hides other users' processes

    @classmethod
    def of(cls, component: Component) -> Processes:
        psutil.process_iter.cache_clear()  # its cache would take a reused pid for the old process
        return cls(tuple(find(component)), not others_are_hidden())

    def serving(self, folder: Path, component: Component) -> list[Process]:
        """Those that name the folder, or something inside it, as a whole path: capture1 is not capture10."""
        if component.shared:
            return list(self.found)
        real = Path(os.path.realpath(folder))
        return [one for one in self.found if any(path.is_relative_to(real) for path in one.paths)]


def find(component: Component) -> Iterator[Process]:
    for process in psutil.process_iter(["name", "cmdline", "status", "create_time"]):
        seen = process.info
        arguments = seen["cmdline"]
        if seen["status"] in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
            continue  # dead; its parent has not noticed
        if component.process not in (seen["name"], *program_names(arguments or [])):
            continue
        started_at = seen["create_time"] or time.time()
        if arguments is None:
            yield Process(process.pid, started_at, readable=False)
            continue
        cwd = working_folder(process)
        skip = INPUT if component.name == "ffmpeg" else None
        values = [value for option, value in pairwise(arguments) if option != skip]
        paths = frozenset(
            path for value in values for path in named_paths(value, cwd, value == arguments[-1])
        )
        yield Process(process.pid, started_at, paths, readable=cwd is not None or names_absolute(arguments))


def program_names(arguments: list[str]) -> set[str]:
    """'ffmpeg' of '/usr/bin/ffmpeg ...'; the script too, of 'python3 -u capture_monitor.py ...'."""
    if not arguments:
        return set()
    names = {os.path.basename(arguments[0])}  # noqa: PTH119 - an argument, not a path of ours
    if INTERPRETER.fullmatch(next(iter(names))):
        words = (
            word
            for option, word in pairwise(arguments)
            if not word.startswith("-") and option not in OPTIONS_WITH_VALUE
        )
        names |= {os.path.basename(word) for word in list(words)[:1]}  # noqa: PTH119
    return names


def named_paths(value: str, cwd: Path | None, last: bool) -> Iterator[Path]:
    """The places that an argument may mean, symbolic links resolved. Relative ones count from the process's
    working folder, and must look like a path or stand last, where ffmpeg's output does."""
    for piece in {value, *re.split(r"[|\]=]", value)}:  # tee: [f=hls]/a/out.m3u8|[f=mpegts]udp://...
        text = piece.removeprefix("file:")
        if text.startswith("/"):
            yield Path(os.path.realpath(text))
        elif cwd and text and not text.startswith("-") and (last or "/" in text):
            yield Path(os.path.realpath(cwd / text))


def names_absolute(arguments: list[str]) -> bool:
    """True when the last argument needs no working folder to be understood."""
    return arguments[-1].removeprefix("file:").startswith("/") or "://" in arguments[-1]


def working_folder(process: psutil.Process) -> Path | None:
    try:
        return Path(process.cwd())
    except (psutil.Error, OSError):
        return None


def others_are_hidden() -> bool:
    """/proc mounted with hidepid shows only the processes of the agent's own user."""
    try:
        return not psutil.Process(1).cmdline()
    except psutil.Error:
        return True


def newest_file(folder: Path, component: Component, now: float) -> float | None:
    """Modification time of a fresh file if there is one (the first met: a folder may hold 100,000 files),
    else of the newest. Empty files show that somebody tried, not that it works."""
    newest = None
    for pattern in component.files:
        try:
            entries = os.scandir((folder / pattern).parent)
        except FileNotFoundError:
            continue  # not created yet: no fresh files
        with entries:
            for entry in entries:
                if not fnmatch.fnmatchcase(entry.name, Path(pattern).name):
                    continue
                try:
                    found = entry.stat()
                except FileNotFoundError:
                    continue  # gone between the listing and now, or a dangling link
                if not (stat.S_ISREG(found.st_mode) and found.st_size):
                    continue
                if found.st_mtime <= now + CLOCK_TOLERANCE:
                    newest = max(newest or 0.0, found.st_mtime)
                    if now - newest <= component.fresh_seconds:
                        return newest
    return newest


def device_status(folder: Path, component: Component, processes: Processes, now: float) -> Status:
    """The status of a component for a capture folder at `now` (seconds since 1970)."""
    serving = processes.serving(folder, component)
    pids = ", ".join(str(one.pid) for one in serving)
    uptime = max((max(0, int(now - one.started_at)) for one in serving), default=None)
    try:
        newest = newest_file(folder, component, now)
    except OSError as error:
        return Status("unknown", f"cannot read {error.filename or folder}: {error.strerror}", uptime)

    files = "no files" if newest is None else f"newest file {now - newest:.0f} s old"
    last_activity = datetime.fromtimestamp(newest, UTC) if newest is not None else None
    if newest is not None and now - newest <= component.fresh_seconds:
        return Status("active", files, uptime, last_activity)
    if serving:
        return Status("stuck", f"process {pids} alive, {files}", uptime, last_activity)
    unreadable = [str(one.pid) for one in processes.found if not one.readable]
    if unreadable:
        reason = f"{files}, and process {', '.join(unreadable)} of another user may serve it or not"
        return Status("unknown", f"{reason}. Run the agent as the user who runs {component.process}")
    if not processes.complete:
        return Status("unknown", f"{files}, and /proc hides the processes of other users (hidepid)")
    return Status("stopped", f"no {component.process} process, {files}", None, last_activity)
