"""The processes of ffmpeg and the monitor, and the folders that they write into.

The process table is read once a round: everybody's name, then the details of those that match.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from host_agent.config import Component

INITIAL_PID_NAMESPACE = "pid:[4026531836]"  # its number is fixed in the kernel
INTERPRETER = re.compile(r"(python|bash|dash|sh|node|perl|ruby)[\d.]*$")
OPTIONS_WITH_VALUE = ("-X", "-W")  # python's, before the script's name
INPUT = "-i"  # the one option of ffmpeg after which comes what it reads
FILE_NAME = re.compile(r"\.([a-z]\w*|3gp)$", re.IGNORECASE)
NAME_LENGTH = 15  # of what the kernel keeps
TICKS = os.sysconf("SC_CLK_TCK")

Identity = tuple[int, int]  # device and inode number of a folder: the same by whatever name and mount


@dataclass(frozen=True)
class Process:
    """A process of the right name, and the places its command line names."""

    pid: int
    started_at: float
    paths: frozenset[Path] = frozenset()
    readable: bool = True  # False: it may serve any folder, for all that can be told
    folders: frozenset[Identity] = frozenset()  # that those places lie in


@dataclass(frozen=True)
class Processes:
    """The processes of a component."""

    found: tuple[Process, ...]
    complete: bool  # False: the system hides processes from the agent

    @classmethod
    def of(cls, component: Component) -> Processes:
        found = [identified(one, component) for one in read_table([component])[component.name]]
        return cls(tuple(found), not some_are_hidden())

    @cached_property
    def _by_place(self) -> dict[str | Identity, dict[int, Process]]:
        index: dict[str | Identity, dict[int, Process]] = {}
        for process in self.found:
            named = {str(folder) for path in process.paths for folder in (path, *path.parents)}
            for place in named | process.folders:
                index.setdefault(place, {})[process.pid] = process
        return index

    def naming(self, folder: Path) -> list[Process]:
        """Those that name the folder by this name."""
        return list(self._by_place.get(str(folder), {}).values())

    def serving(self, folder: Path, component: Component) -> list[Process]:
        """Those that name the folder, or something inside it, as a whole path: capture1 is not capture10."""
        if component.shared:
            return list(self.found)
        places: set[str | Identity] = {str(folder)}
        for pattern in ("", *component.files):
            with contextlib.suppress(OSError):
                places.add(identity(str(folder / fixed_part(pattern))))
        served = [self._by_place.get(place, {}) for place in places]
        return list({pid: process for some in served for pid, process in some.items()}.values())

    def doubt(self, claimed: Iterable[int] = ()) -> str | None:
        """Why a component may be running although no process was found that serves its folder. Not those
        `claimed`, which serve another device."""
        loose = [str(one.pid) for one in self.found if not one.readable and one.pid not in claimed]
        if loose:
            which = f"process {', '.join(loose[:5])} may serve it or not"
            return f"{which}: of another user, in a container, or its command line names no folder"
        if not self.complete:
            return "not all processes can be seen (hidepid, or a container without --pid=host)"
        return None


def fixed_part(pattern: str) -> str:
    """The folder of 'segments/*.ts'; '' of '*/*.ts'."""
    folder = os.path.dirname(pattern)  # noqa: PTH120 - a pattern, not a path
    return "" if any(mark in folder for mark in "*?[") else folder


def identity(folder: str) -> Identity:
    found = os.stat(folder)  # noqa: PTH116 - 100 devices, 100 processes
    return found.st_dev, found.st_ino


def read_table(components: Iterable[Component]) -> dict[str, list[Process]]:
    """The processes of each component as their command lines tell. Nothing here touches a folder of theirs,
    which may hang."""
    found: dict[str, list[Process]] = {component.name: [] for component in components}
    wanted = [(one, one.process.encode(), one.process.encode()[:NAME_LENGTH]) for one in components]
    for pid in filter(str.isdecimal, os.listdir("/proc")):  # noqa: PTH208
        line, name = read(f"/proc/{pid}/cmdline"), read(f"/proc/{pid}/comm")[:-1]
        for component, program, short in wanted:
            if program not in line and name != short:
                continue
            arguments = [os.fsdecode(one) for one in line.removesuffix(b"\0").split(b"\0")] if line else []
            # The kernel cuts names off; where there is a command line that decides on longer ones.
            called = name == short and (program == short or not arguments)
            named = called or component.process in program_names(arguments)
            if named and (process := details(int(pid), arguments, component)):
                found[component.name].append(process)
    return found


def read(file: str) -> bytes:
    """A file of /proc; empty when the process is gone or the file is not for us."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:
        return b""
    try:
        parts = [os.read(descriptor, 1 << 16)]
        while len(parts[-1]) == 1 << 16:
            parts.append(os.read(descriptor, 1 << 16))
        return b"".join(parts)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def state_and_start(pid: int) -> tuple[str, float]:
    """State and start (seconds since the boot) of a process; empty when it is gone."""
    fields = read(f"/proc/{pid}/stat").rpartition(b")")[2].decode().split()
    return (fields[0], int(fields[19]) / TICKS) if fields else ("", 0.0)


def program_names(arguments: list[str]) -> set[str]:
    """'ffmpeg' of '/usr/bin/ffmpeg ...'; the script too, of 'python3 -u capture_monitor.py ...'."""
    if not arguments:
        return set()
    name = arguments[0].rpartition("/")[2]
    if not INTERPRETER.fullmatch(name):
        return {name}
    words = (
        word
        for option, word in pairwise(arguments)
        if not word.startswith("-") and option not in OPTIONS_WITH_VALUE
    )
    return {name, next(words, "").rpartition("/")[2]}


def details(pid: int, arguments: list[str], component: Component) -> Process | None:
    state, start = state_and_start(pid)
    if state in ("", "Z", "X"):
        return None  # gone, or a zombie that its parent has not noticed
    started_at = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + start
    if not arguments:  # exiting, in exec, or so on purpose
        return Process(pid, started_at, readable=False)
    cwd, stdout = link(pid, "cwd"), link(pid, "fd/1")
    if component.name != "ffmpeg":
        texts = [text for value in arguments[1:] for text in file_names(value, value is arguments[-1])]
        scripts = {text for text in texts if text.rpartition("/")[2] == component.process}
        texts = [text for text in texts if text not in scripts]
        here = [] if texts else [*scripts, "."]
        return Process(pid, started_at, places([*texts, *here, stdout], cwd), bool(cwd and texts))
    values = [value for option, value in pairwise(arguments) if option != INPUT]
    texts = [text for value in values for text in file_names(value, value is arguments[-1])]
    # What goes into a pipe ends up nobody knows where.
    piped = any(value == "-" or value.startswith("pipe:") for value in values) and "null" not in values
    relative = any(not text.startswith("/") for text in texts)
    readable = not (relative and cwd is None) and not (piped and not stdout.startswith("/"))
    return Process(pid, started_at, places([*texts, stdout], cwd), readable)


def link(pid: int, name: str) -> str | None:
    try:
        return os.readlink(f"/proc/{pid}/{name}").removesuffix(" (deleted)")  # noqa: PTH115
    except OSError:
        return None


def file_names(value: str, last: bool) -> Iterator[str]:
    """What may be a file or folder in an argument. A relative name must look like one, or stand last, where
    ffmpeg's output does."""
    for piece in {value, *re.split(r"[|\]=]", value)}:  # tee: [f=hls]/a/out.m3u8|[f=mpegts]udp://...
        text = piece.removeprefix("file:")
        if not text or "://" in text or text.startswith("-"):
            continue
        if text.startswith("/") or last or "/" in text or FILE_NAME.search(text):
            yield text


def places(texts: Iterable[str | None], cwd: str | None) -> frozenset[Path]:
    full = [os.path.join(cwd or "", text) for text in texts if text]  # noqa: PTH118
    return frozenset(
        Path("/" + os.path.normpath(one).lstrip("/"))
        for one in full
        if one.startswith("/dev/shm/") or (one.startswith("/") and not one.startswith("/dev/"))
    )


def identified(process: Process, component: Component) -> Process:
    """With the folders that its places lie in, by any name, as the process itself sees them: its root and
    its mounts may not be ours, and what lies where we cannot follow may be a capture folder. What ffmpeg
    writes stands in its command line; what a monitor serves does when that names a folder.
    """
    root = f"/proc/{process.pid}/root"
    try:
        identity(root)
    except OSError:
        root = ""
    ours = bool(root) or mounts(process.pid) == mounts("self")
    folders: set[Identity] = set()
    named = component.name == "ffmpeg"
    for path in process.paths:
        nearest = None
        for folder in (str(path), *map(str, path.parents)):
            with contextlib.suppress(OSError):
                folders.add(identity(f"{root}{folder}/."))
                nearest = nearest or folder
        named = named or nearest == str(path)
        if nearest:
            folders |= set(climb(f"{root}{nearest}"))
            ours = ours and seen_alike(root, nearest)
    return replace(process, folders=frozenset(folders), readable=process.readable and ours and named)


def climb(folder: str) -> Iterator[Identity]:
    """The folder and those above it, symbolic links resolved."""
    last = None
    while (here := identity(folder)) != last:
        yield here
        last, folder = here, f"{folder}/.."


def seen_alike(root: str, folder: str) -> bool:
    try:
        return not root or identity(f"{root}{folder}/.") == identity(f"{folder}/.")
    except OSError:
        return False


def mounts(pid: int | str) -> bytes:
    """Mounts have numbers, and those of another mount namespace have others."""
    return read(f"/proc/{pid}/mountinfo").partition(b"\n")[0]


def some_are_hidden() -> bool:
    """By hidepid, or because the agent is in a pid namespace of its own, as in a container."""
    return link("self", "ns/pid") != INITIAL_PID_NAMESPACE or not read("/proc/1/cmdline")
