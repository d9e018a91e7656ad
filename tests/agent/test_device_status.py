"""active, stuck, stopped, unknown: told from real files and real processes."""

from __future__ import annotations

import os
import pwd
import re
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from host_agent.config import load
from host_agent.devices import Process, Processes, Status, device_status, newest_file
from tests.agent.studio import Studio, open_to_all


def ffmpeg_status(studio: Studio, folder: str = "capture1", processes: Processes | None = None) -> Status:
    config = load(studio.config)
    (path,) = [device.path for device in config.devices if device.capture_folder == folder]
    return device_status(path, config.ffmpeg, processes or Processes.of(config.ffmpeg), time.time())


def monitor_status(studio: Studio, folder: str = "capture1") -> Status:
    config = load(studio.config)
    (path,) = [device.path for device in config.devices if device.capture_folder == folder]
    return device_status(path, config.monitor, Processes.of(config.monitor), time.time())


@pytest.fixture
def two(studio: Studio) -> Studio:
    """Two devices whose folders' names begin alike."""
    studio.configure("capture1", "capture10")
    return studio


# Files


def test_fresh_files_are_active(two: Studio) -> None:
    two.file("capture1/a.ts")
    found = ffmpeg_status(two)
    assert found.status == "active"
    assert abs(found.last_activity.timestamp() - time.time()) < 5
    assert ffmpeg_status(two, "capture10").status == "stopped"


@pytest.mark.parametrize(
    "name, age, text",
    [
        ("old.ts", 10, "x"),
        ("empty.ts", 0, ""),
        ("other.txt", 0, "x"),
        ("from_the_future.ts", -3600, "x"),
    ],
)
def test_other_files_are_not(two: Studio, name: str, age: float, text: str) -> None:
    two.file(f"capture1/{name}", age, text)
    assert ffmpeg_status(two).status == "stopped"
    two.idle("ffmpeg", two.root / "capture1/out.m3u8")
    assert ffmpeg_status(two).status == "stuck"


def test_a_file_from_the_future_does_not_hide_a_fresh_one(two: Studio) -> None:
    two.file("capture1/a.ts", -3600)
    two.file("capture1/b.ts", 0)
    assert ffmpeg_status(two).status == "active"


def test_links_are_followed_and_dangling_ones_ignored(two: Studio) -> None:
    (two.root / "capture1/dangling.ts").symlink_to("nowhere")
    (two.root / "capture1/folder.ts").mkdir()
    assert ffmpeg_status(two).status == "stopped"
    two.file("elsewhere")
    (two.root / "capture1/latest.ts").symlink_to(two.root / "elsewhere")
    assert ffmpeg_status(two).status == "active"


def test_patterns_may_name_a_folder_below(studio: Studio) -> None:
    studio.configure("capture1")
    studio.config.write_text(
        studio.config.read_text().replace("[ffmpeg]", '[ffmpeg]\nfiles = ["segments/*.ts"]')
    )
    studio.file("capture1/a.ts")
    assert ffmpeg_status(studio).status == "stopped"  # not even the folder is there
    (studio.root / "capture1/segments").mkdir()
    studio.file("capture1/segments/a.ts")
    assert ffmpeg_status(studio).status == "active"


def test_a_folder_that_vanishes_has_no_fresh_files(two: Studio) -> None:
    config = load(two.config)
    (two.root / "capture1").rmdir()
    status = device_status(two.root / "capture1", config.ffmpeg, Processes.of(config.ffmpeg), time.time())
    assert status.status == "stopped"


def test_a_folder_with_many_files_is_not_read_to_the_end_when_one_is_fresh(
    two: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(two.config)
    looked_at = []

    class Entry:
        def __init__(self, entry: os.DirEntry[str]) -> None:
            self.name, self.stat = entry.name, lambda: looked_at.append(entry.name) or entry.stat()

    class Listing(list):
        def __enter__(self) -> Listing:
            return self

        def __exit__(self, *_: object) -> None: ...

    for number in range(50):
        two.file(f"capture1/{number}.ts")
        two.file(f"capture1/{number}.json")
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: Listing(Entry(one) for one in scandir(folder)))
    assert newest_file(two.root / "capture1", config.ffmpeg, time.time())
    assert len(looked_at) == 1


# Processes


def test_alive_without_fresh_files_is_stuck_and_says_so(two: Studio) -> None:
    process = two.idle("ffmpeg", "-i", "/dev/video0", two.root / "capture1/out.m3u8")
    two.file("capture1/a.ts", 100.4)
    found = ffmpeg_status(two)
    assert found.status == "stuck"
    assert re.fullmatch(rf"process {process.pid} alive, newest file 1\d\d s old", found.reason)
    assert 0 <= found.uptime_seconds < 60
    assert ffmpeg_status(two, "capture10").status == "stopped"


def test_capture1_is_not_capture10(two: Studio) -> None:
    two.idle("ffmpeg", two.root / "capture10/out.m3u8")
    assert ffmpeg_status(two, "capture1").status == "stopped"
    assert ffmpeg_status(two, "capture10").status == "stuck"


@pytest.mark.parametrize(
    "cwd, arguments, serves",
    [
        (".", ["capture1/seg_%d.ts"], True),
        ("capture1", ["out.m3u8"], True),
        ("capture1", ["./sub/../out.m3u8", "/dev/null"], True),
        ("capture1", ["-f", "null", "/dev/null"], False),  # works there, writes elsewhere
        ("capture10", ["out.m3u8"], False),
        ("capture10", ["../capture1/out.m3u8"], True),
        (".", ["file:{root}/capture1/out.m3u8"], True),
        (".", ["-f", "tee", "[f=hls]{root}/capture1/out.m3u8|[f=mpegts]udp://127.0.0.1:9/"], True),
        (".", ["-hls_segment_filename", "{root}/capture1/%d.ts", "/dev/null"], True),
        (".", ["{root}/link/out.m3u8"], True),
        (".", ["-i", "{root}/capture1/out.m3u8", "{root}/capture10/thumbnail.jpg"], False),  # reads it
        (".", ["/elsewhere{root}/capture1/out.m3u8"], False),
        (".", ["capture1"], True),
        (".", ["{root}"], False),
    ],
)
def test_a_process_serves_the_folder_that_its_output_lies_in(
    two: Studio, cwd: str, arguments: list[str], serves: bool
) -> None:
    (two.root / "link").symlink_to("capture1")
    two.idle("ffmpeg", *[one.format(root=two.root) for one in arguments], cwd=two.root / cwd)
    assert ffmpeg_status(two).status == ("stuck" if serves else "stopped")


def test_the_configured_folder_may_be_a_link(studio: Studio) -> None:
    (studio.root / "disk").mkdir()
    (studio.root / "capture1").symlink_to("disk")
    studio.configure("capture1")
    studio.idle("ffmpeg", studio.root / "disk/out.m3u8")
    assert ffmpeg_status(studio).status == "stuck"


def test_another_program_that_names_the_folder_does_not_count(two: Studio) -> None:
    two.idle("vlc", two.root / "capture1/out.m3u8")
    two.idle("sh", "ffmpeg", two.root / "capture1/out.m3u8")
    assert ffmpeg_status(two).status == "stopped"


def test_a_zombie_is_dead(two: Studio, wait_until: Callable[..., None]) -> None:
    process = two.idle("ffmpeg", two.root / "capture1/out.m3u8")
    assert ffmpeg_status(two).status == "stuck"
    process.kill()
    wait_until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_ZOMBIE)
    assert ffmpeg_status(two).status == "stopped"


def test_a_frozen_process_is_stuck_once_its_files_are_old(
    two: Studio, wait_until: Callable[..., None]
) -> None:
    two.fresh_seconds = 1.5
    two.configure("capture1", "capture10")
    process = two.ffmpeg("capture1")
    wait_until(lambda: ffmpeg_status(two).status == "active", "active")
    process.send_signal(signal.SIGSTOP)
    wait_until(lambda: ffmpeg_status(two).status == "stuck", "stuck")
    process.send_signal(signal.SIGCONT)
    wait_until(lambda: ffmpeg_status(two).status == "active", "active again")
    process.kill()
    wait_until(lambda: ffmpeg_status(two).status == "stopped", "stopped")


# The monitor


def test_the_monitor_is_a_script_with_files_of_its_own(two: Studio, wait_until: Callable[..., None]) -> None:
    two.fresh_seconds = 1.5
    two.configure("capture1", "capture10")
    assert monitor_status(two).status == "stopped"
    process = two.monitor("capture1")
    wait_until(lambda: monitor_status(two).status == "active", "active")
    process.send_signal(signal.SIGSTOP)
    wait_until(lambda: monitor_status(two).status == "stuck", "stuck")
    assert monitor_status(two, "capture10").status == "stopped"
    assert ffmpeg_status(two).status == "stopped"


def test_a_shared_monitor_serves_every_folder(two: Studio) -> None:
    two.config.write_text(two.config.read_text().replace("[monitor]", "[monitor]\nshared = true"))
    two.idle("/usr/bin/capture_monitor.sh")
    assert [monitor_status(two, one).status for one in ("capture1", "capture10")] == ["stuck", "stuck"]


# Could not tell


def test_an_unreadable_process_that_may_serve_the_folder_is_unknown(two: Studio) -> None:
    hidden = Process(42, time.time(), readable=False)
    found = ffmpeg_status(two, processes=Processes((hidden,), complete=True))
    assert found.status == "unknown"
    assert "process 42 may serve it or not: of another user" in found.reason
    two.file("capture1/a.ts")
    assert ffmpeg_status(two, processes=Processes((hidden,), complete=True)).status == "active"


def test_hidden_processes_are_unknown(two: Studio) -> None:
    found = ffmpeg_status(two, processes=Processes((), complete=False))
    assert (found.status, "hidepid" in found.reason) == ("unknown", True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("output, status", [("out.m3u8", "unknown"), ("/elsewhere/out.m3u8", "stopped")])
def test_processes_of_another_user(two: Studio, output: str, status: str) -> None:
    """Their command line can be read, their working folder cannot."""
    open_to_all(two.root)
    name = f"ffmpeg{os.getpid()}"  # other tests look for ffmpeg
    two.config.write_text(two.config.read_text().replace("[ffmpeg]", f'[ffmpeg]\nprocess = "{name}"'))
    two.idle(name, output, cwd=two.root / "capture1")
    assert as_nobody(lambda: ffmpeg_status(two).status) == status


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_read_is_unknown(two: Studio) -> None:
    open_to_all(two.root)
    two.file("capture1/a.ts")
    (two.root / "capture1").chmod(0o700)
    found = as_nobody(lambda: ffmpeg_status(two).reason)
    assert found == f"cannot read {two.root}/capture1: Permission denied"


def as_nobody(function: Callable[[], str]) -> str:
    """What the function returns when user nobody calls it."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.setgroups([])
            os.setgid(pwd.getpwnam("nobody").pw_gid)
            os.setuid(pwd.getpwnam("nobody").pw_uid)
            os.write(writer, function().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        found = answer.read()
    os.waitpid(child, 0)
    return found


def test_a_reused_pid_does_not_keep_the_uptime_of_the_dead_process(two: Studio) -> None:
    process = two.idle("ffmpeg", two.root / "capture1/out.m3u8")
    config = load(two.config)
    (cached,) = [one for one in psutil.process_iter(["create_time"]) if one.pid == process.pid]
    cached._create_time = 1.0  # as if an older process had had this pid; psutil would go on believing it
    (again,) = [one for one in psutil.process_iter(["create_time"]) if one.pid == process.pid]
    assert again.info["create_time"] == 1.0
    (found,) = Processes.of(config.ffmpeg).serving(two.root / "capture1", config.ffmpeg)
    assert time.time() - found.started_at < 60
