"""Real FFmpeg in every layout people use, in every state: active, frozen (stuck), dead (stopped)."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from host_agent.config import Component
from host_agent.devices import device_status
from host_agent.processes import Processes
from host_agent.rounds import Agent
from tests.agent.studio import Studio, open_to_all
from tests.support.rows import minute

MakeAgent = Callable[[str], Agent]
Wait = Callable[..., None]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root may")
pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")

FFMPEG = "exec ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=size=160x120:rate=5"
TS = f"{FFMPEG} -c:v mpeg2video -g 2"
HLS = f"{TS} -f hls -hls_time 0.4"
# name: what a shell runs; {0} is the capture folder, {1} a folder of its own elsewhere
LAYOUTS = {
    "hls": f"{HLS} {{0}}/out.m3u8",
    "segments": f"{TS} -f segment -segment_time 0.4 {{0}}/%03d.ts",
    "segment_names": f"{HLS} -hls_segment_filename {{0}}/%d.ts {{1}}/out.m3u8",
    "one_picture": f"{FFMPEG} -update 1 -y {{0}}/live.jpg",
    "many_pictures": f"{FFMPEG} {{0}}/capture_%09d.jpg",
    "options_after_output": f"cd {{0}} && {HLS} out.m3u8 -hide_banner -y",
    "file_url": f"{HLS} file:{{0}}/out.m3u8",
    "file_url_relative": f"cd {{0}} && {HLS} file:out.m3u8",
    "cd_name": f"cd {{0}} && {HLS} out.m3u8",
    "cd_above": f"cd {{0}}/.. && {HLS} cd_above/out.m3u8",
    "cd_back": f"cd {{1}} && {HLS} ../../cd_back/out.m3u8",
    "tee": f"{TS} -map 0:v -f tee '[f=hls:hls_time=0.4]{{0}}/out.m3u8|[f=null]-'",
    "tee_relative": f"cd {{0}} && {TS} -map 0:v -f tee '[f=null]-|[f=hls:hls_time=0.4]out.m3u8'",
    "redirected": f"{TS} -f mpegts - >{{0}}/out.ts",
    "appended": f"{TS} -f mpegts pipe:1 >>{{0}}/out.ts",
    "hot_link": f"ln -s {{1}} {{0}}/hot; {HLS} {{0}}/hot/out.m3u8",
    "hot_target": f"ln -s {{1}} {{0}}/hot; {HLS} {{1}}/out.m3u8",
    "linked_folder": f"rmdir {{0}}; ln -s {{1}} {{0}}; {HLS} {{1}}/out.m3u8",
    "linked_from_elsewhere": f"ln -s {{0}} {{1}}/here; {HLS} {{1}}/here/out.m3u8",
    "day": f"mkdir {{0}}/2026-11-26 {{0}}/2026-11-27; {HLS} {{0}}/2026-11-27/out.m3u8",
    "year_month_day": f"mkdir -p {{0}}/2026/11/27; {HLS} {{0}}/2026/11/27/out.m3u8",
    "wrapped": f"{HLS} {{0}}/out.m3u8".replace("exec ffmpeg", "exec -a ffmpeg ffmpeg"),
    "nobody": f"chmod 777 {{0}}; {HLS} {{0}}/out.m3u8".replace(
        "exec", "exec setpriv --reuid=nobody --regid=nogroup --clear-groups"
    ),
    "container": (
        "exec unshare -m --propagation private bash -c '"
        "mount -t tmpfs none /mnt && mkdir /mnt/data && mount --bind {0} /mnt/data && "
        f"{HLS} /mnt/data/out.m3u8'"
    ),
}
FILES = 'files = ["*.ts", "*.jpg", "hot/*.ts", "*/*.ts", "*/*/*/*.ts"]'


@pytest.fixture
def layouts(studio: Studio) -> Iterator[dict[str, str]]:
    yield (
        LAYOUTS
        if os.geteuid() == 0
        else {name: command for name, command in LAYOUTS.items() if name not in ("nobody", "container")}
    )


def test_every_layout_in_every_state(
    studio: Studio, make_agent: MakeAgent, layouts: dict[str, str], wait_until: Wait
) -> None:
    studio.fresh_seconds = 20  # they share two busy cores
    studio.configure(*layouts)
    studio.config.write_text(studio.config.read_text().replace("[ffmpeg]", f"[ffmpeg]\n{FILES}"))
    open_to_all(studio.root)
    agent = make_agent("")

    def statuses() -> dict[str, str]:
        return agent.sample(minute(1))[-1].values["ffmpeg_status"]

    def all_are(status: str) -> None:
        found: dict[str, str] = {}

        def reached() -> bool:
            found.update(statuses())
            return set(found.values()) == {status}

        try:
            wait_until(reached, status, 60)
        except AssertionError:
            others = {name: one for name, one in found.items() if one != status}
            raise AssertionError(f"not {status}: {others}") from None

    all_are("stopped")
    for name, command in layouts.items():
        elsewhere = studio.root / "elsewhere" / name
        elsewhere.mkdir(parents=True)
        studio.start("bash", "-c", command.format(studio.root / name, elsewhere))
    all_are("active")

    for process in studio.processes:
        process.send_signal(signal.SIGSTOP)
    time.sleep(0.1)  # for what is being written
    old = time.time() - 120
    for file in studio.root.rglob("*.*"):
        os.utime(file, (old, old))
    assert statuses() == dict.fromkeys(layouts, "stuck")

    for process in studio.processes:
        process.kill()
        process.wait()
    assert statuses() == dict.fromkeys(layouts, "stopped")


# A process of the name that cannot be attributed: the missing ones are unknown, not stopped

DOUBTFUL = {
    "container with folders of its own": (
        "exec unshare -m --propagation private bash -c '"
        f"mount -t tmpfs none /mnt && mkdir /mnt/data && {HLS} /mnt/data/out.m3u8'"
    ),
    "pipe": f"({TS} -f mpegts -) | sleep 1000",
}
CERTAIN = {
    "file elsewhere": f"{HLS} {{1}}/out.m3u8",
    "nowhere": f"cd {{0}} && {FFMPEG} -f null -",
    "device": f"cd {{0}} && {FFMPEG} -f null /dev/null",
    "network": f"cd {{0}} && {TS} -f mpegts udp://127.0.0.1:9",
}


@root_only
@pytest.mark.parametrize(
    "command, status",
    [(one, "unknown") for one in DOUBTFUL.values()] + [(one, "stopped") for one in CERTAIN.values()],
    ids=[*DOUBTFUL, *CERTAIN],
)
def test_what_runs_elsewhere(
    studio: Studio, make_agent: MakeAgent, wait_until: Wait, command: str, status: str
) -> None:
    studio.configure("capture1")
    (studio.root / "elsewhere").mkdir()
    name = studio.root / f"ffmpeg{os.getpid()}"  # other tests look for ffmpeg
    name.symlink_to(shutil.which("ffmpeg"))
    studio.config.write_text(
        studio.config.read_text().replace("[ffmpeg]", f'[ffmpeg]\nprocess = "{name.name}"')
    )
    agent = make_agent("")
    command = command.replace("exec ffmpeg", f"exec {name}")
    studio.start(
        *("bash", "-c", command.format(studio.root / "capture1", studio.root / "elsewhere")),
        start_new_session=True,
    )
    wait_until(lambda: Processes.of(agent.config.ffmpeg).found, "ffmpeg")
    wait_until(lambda: agent.sample(minute(1))[-1].values["ffmpeg_status"] == {"capture1": status}, status)
    for process in Processes.of(agent.config.ffmpeg).found:
        os.kill(process.pid, signal.SIGKILL)


@root_only
def test_an_agent_in_a_pid_namespace_of_its_own_cannot_say_stopped(studio: Studio) -> None:
    studio.configure("capture1")
    studio.start("bash", "-c", f"{HLS} {studio.root}/capture1/out.m3u8").send_signal(signal.SIGSTOP)
    agent = [sys.executable, "-m", "host_agent", "--config", str(studio.config), "check-config", "--offline"]
    process = studio.start("unshare", "-p", "-f", "--mount-proc", *agent, stdout=-1, stderr=-1)
    output, _ = process.communicate(timeout=60)
    assert "capture1: ffmpeg unknown, monitor unknown" in output


# The monitor


@pytest.mark.parametrize(
    "cwd, arguments, expected",
    [
        (".", ["{root}/a"], ("stuck", "stopped")),
        ("a", [], ("stuck", "stopped")),
        ("a", ["{root}/b"], ("stopped", "stuck")),
        (".", [], ("unknown", "unknown")),
        (".", ["--config", "/etc/monitor.yaml"], ("unknown", "unknown")),
    ],
)
def test_a_monitor_that_names_no_folder_may_serve_any(
    studio: Studio, make_agent: MakeAgent, cwd: str, arguments: list[str], expected: tuple[str, str]
) -> None:
    studio.configure("a", "b")
    script = studio.root / f"monitor{os.getpid()}.sh"  # other tests look for capture_monitor.sh
    script.write_text("read _\n")
    studio.config.write_text(studio.config.read_text().replace("capture_monitor.sh", script.name))
    arguments = [one.format(root=studio.root) for one in arguments]
    studio.start("sh", script, *arguments, cwd=studio.root / cwd)
    found = make_agent("").sample(minute(1))[-1].values["monitor_status"]
    assert (found["a"], found["b"]) == expected


# Files that are rewritten in place

PYTHON = (
    'exec python3 -c \'import os, time\nname = "{0}/live.json"\nopen(name, "w")\n'
    "while True:\n time.sleep(0.05)"
)
REWRITTEN = {
    "ffmpeg -update 1": f"{FFMPEG} -update 1 -y {{0}}/live.jpg".replace("160x120:rate=5", "1280x720:rate=25"),
    "echo": "while :; do echo {{}} >{0}/live.json; sleep 0.05; done",
    "json.dump": f'{PYTHON}\n open(name, "w").write("[1.5]" * 2000)\'',
    "removed and written": f'{PYTHON}\n os.remove(name); open(name, "w").write("[]")\'',
}


@pytest.mark.parametrize("command", REWRITTEN.values(), ids=REWRITTEN)
def test_a_file_that_is_rewritten_in_place_is_never_missed(
    studio: Studio, wait_until: Wait, command: str
) -> None:
    component = Component("ffmpeg", "ffmpeg", ("live.*",), 30, False)
    none = Processes((), True)
    studio.start("bash", "-c", command.format(studio.root), start_new_session=True)
    wait_until(lambda: device_status(studio.root, component, none).status == "active", "the first file")
    end = time.monotonic() + 2
    looks = 0
    while time.monotonic() < end:
        found = device_status(studio.root, component, none)
        assert found.status == "active", f"after {looks} looks: {found}"
        looks += 1
    assert looks > 20


def test_a_clock_that_was_set_makes_the_age_of_files_unknown(
    studio: Studio, make_agent: MakeAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a host that was asleep. In the next round they tell again."""
    studio.configure("a")
    studio.idle("ffmpeg", studio.root / "a/out.m3u8")
    studio.file("a/x.ts", 3)
    agent = make_agent("")
    status = lambda: agent.sample(minute(1))[-1].values["ffmpeg_status"]  # noqa: E731
    assert status() == {"a": "active"}
    now = time.time
    for step in (3600, -3600):
        monkeypatch.setattr(time, "time", lambda step=step: now() + step)
        assert status() == {"a": "unknown"}
        assert status() == {"a": "stuck"}
        monkeypatch.setattr(time, "time", now)
        status()


def test_a_folder_of_many_days_is_told_from_the_last_ones(studio: Studio, make_agent: MakeAgent) -> None:
    studio.configure("a")
    studio.config.write_text(studio.config.read_text().replace("[ffmpeg]", '[ffmpeg]\nfiles = ["*/*.ts"]'))
    for day in range(1, 30):
        (studio.root / f"a/2026-11-{day:02}").mkdir()
        studio.file(f"a/2026-11-{day:02}/x.ts", 86400 * (30 - day))
        os.utime(studio.root / f"a/2026-11-{day:02}", (0, time.time() - 86400 * (30 - day)))
    agent = make_agent("")
    assert agent.sample(minute(1))[-1].values["ffmpeg_status"] == {"a": "stopped"}
    studio.file("a/2026-11-29/y.ts", -4)
    assert agent.sample(minute(1))[-1].values["ffmpeg_status"] == {"a": "active"}


def test_nothing_below_is_a_pattern_of_its_own(studio: Studio, make_agent: MakeAgent) -> None:
    """`*.ts` looks at the folder itself alone."""
    studio.configure("a")
    (studio.root / "a/b").mkdir()
    studio.file("a/b/x.ts", -4)
    assert make_agent("").sample(minute(1))[-1].values["ffmpeg_status"] == {"a": "stopped"}


def test_the_folder_of_a_relative_path_counts_from_the_working_folder(studio: Studio) -> None:
    """Also where that folder was removed meanwhile."""
    studio.configure("a")
    folder = studio.root / "a"
    component = Component("ffmpeg", "ffmpeg", ("*.ts",), 30, False)
    studio.idle("ffmpeg", "out.m3u8", cwd=folder)
    folder.rmdir()
    assert device_status(Path(folder), component, Processes.of(component)).status == "stuck"
