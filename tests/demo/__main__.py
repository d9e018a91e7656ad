"""`make demo`: the host agent watches FFmpeg processes, some fail, a person works the incidents.

Everything is real but the capture hardware: the embedded PostgreSQL (a database of its own, incident_demo,
made anew each time), the agent as its own process, FFmpeg recording a test picture (without it, a stand-in).
"""

from __future__ import annotations

import argparse
import contextlib
import email
import email.policy
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from db.embedded import DATABASE as OWN_DATABASE
from db.embedded import DEMO_DATABASE as DATABASE
from db.embedded import HOME, REPO, Cluster, ServerError, clean_environment, wheel_bin
from tests.support.psql import migrate

DEVICES = {"capture1": "Living room TV", "capture2": "Set-top box", "capture3": "Game console"}
PATIENCE = 120  # seconds until something expected must have happened; a busy machine is slow
FRESH = 4  # seconds after which what is not written any more counts as stuck

# What to try afterwards: the question, and the call that answers it. The reports are about the demo's time:
# after it no sample comes, and silence is no health.
QUESTIONS = {
    "What is broken right now?": "select * from incident.board",
    "How available was each device?": """
        select device_name, availability_percent, sla_status, up_seconds, down_seconds
        from incident.availability('{start}', '{end}')
    """,
    "How fast were we?": """
        select incidents, acknowledged, mtta_seconds, resolved, mttr_seconds
        from incident.response_times('{start}', '{end}')
    """,
    "Do we keep what we promised?": """
        select device_name, target_percent, availability_percent, compliant, budget_left_percent
        from incident.sla_report('{start}', '{end}')
    """,
    "Which devices fail most?": """
        select standing, place, device_name, availability_percent, failures, reason
        from incident.reliability_ranking('{start}', '{end}')
    """,
}


class DemoError(Exception):
    """Something expected did not happen."""


@dataclass
class Demo:
    server: Cluster
    folder: Path  # capture folders, agent configuration and log
    interval: float
    pause: float  # seconds to read a table
    ffmpeg: str | None
    agent: subprocess.Popen[bytes] | None = None
    tellers: list[subprocess.Popen[bytes]] = field(default_factory=list)  # the mail server and the notifier
    writers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    monitors: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.server.url(DATABASE)

    # The stage

    def set_up(self) -> None:
        say(f"Setting up: the embedded PostgreSQL and pg_incident in a new database, {DATABASE} ...")
        self.server.start()
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            name = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
            connection.execute(sql.SQL("create database {} template template0").format(name))
        migrate(self.url, bin=self.server.bin)
        with psycopg.connect(self.url) as connection:
            # Samples come faster here than in a studio. This is about capture devices: how busy or how slow
            # the machine is that the demo runs on must not open incidents of its own.
            connection.execute(
                """
                select incident.set_policy(
                    sample_interval => %s * interval '1 second', no_data_after => '10 minutes',
                    cpu_percent_limit => 100, memory_percent_limit => 100, disk_percent_limit => 100,
                    cpu_samples => 10000, memory_samples => 10000, disk_samples => 10000,
                    temperature_samples => 10000, note => 'the demo is about capture devices'
                )
                """,
                [self.interval],
            )
        for name in ("capture_monitor.py", "ffmpeg.py"):
            shutil.copy(Path(__file__).with_name("stand_in.py"), self.folder / name)
        devices = ""
        for number, (folder, name) in enumerate(DEVICES.items(), 1):
            (self.folder / folder).mkdir()
            devices += f'[[device]]\ndevice_id = "device{number}"\ndevice_name = "{name}"\n'
            devices += f'capture_folder = "{folder}"\n'
        (self.folder / "host-agent.toml").write_text(
            f'host_name = "studio"\ncapture_root = "{self.folder}"\nspool = "{self.folder}/spool.sqlite3"\n'
            f"interval_seconds = {self.interval}\n"
            f'[ffmpeg]\nprocess = "{"ffmpeg" if self.ffmpeg else "ffmpeg.py"}"\nfresh_seconds = {FRESH}\n'
            f"[monitor]\nfresh_seconds = {FRESH}\n{devices}"
        )

    def start_everything(self) -> None:
        recorder = "FFmpeg" if self.ffmpeg else "a stand-in for FFmpeg (ffmpeg is not installed)"
        say(
            f"Starting {len(DEVICES)} capture devices, each {recorder} and a monitor, and the host agent,"
            f" which sends a sample every {self.interval:g} s."
        )
        for folder in DEVICES:
            self.record(folder)
            output = self.folder / folder / "frame_%d.json"
            self.monitors[folder] = self.python("capture_monitor.py", output)
        self.wait_for_files()
        with (self.folder / "agent.log").open("wb") as log:
            self.agent = subprocess.Popen(
                [sys.executable, "-m", "host_agent", "--config", self.folder / "host-agent.toml", "run"],
                cwd=REPO,
                env=clean_environment() | {"DATABASE_URL": self.url},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start_telling(self) -> None:
        """A mail server with one mailbox, and the notifier."""
        port, box = self.folder / "port", self.folder / "mailbox"
        box.touch()
        self.background("-m", "tests.demo.post", port, box)
        deadline = time.monotonic() + PATIENCE
        while not (port.exists() and port.read_text()):
            if time.monotonic() > deadline:
                raise DemoError("The mail server did not start")
            time.sleep(0.1)
        (self.folder / "notifier.toml").write_text(
            'name = "demo"\n[contact]\ndefault = "mailto://127.0.0.1:'
            f'{port.read_text()}?from=incidents@studio.example&to=you@studio.example&format=text"\n'
        )
        self.background("-m", "notifier", "--config", self.folder / "notifier.toml", "run")

    def background(self, *arguments: Any) -> None:
        with (self.folder / "notifier.log").open("ab") as log:
            self.tellers.append(
                subprocess.Popen(
                    [sys.executable, *arguments],
                    cwd=REPO,
                    env=clean_environment() | {"DATABASE_URL": self.url},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )

    def record(self, folder: str) -> None:
        """Start what records into the folder."""
        if self.ffmpeg:
            source = ("-re", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=5")
            output = ("-f", "image2", self.folder / folder / "frame_%06d.jpg")
            command = [self.ffmpeg, "-nostdin", "-loglevel", "error", *source, *output]
            self.writers[folder] = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        else:
            self.writers[folder] = self.python("ffmpeg.py", self.folder / folder / "frame_%d.jpg")

    def python(self, script: str, output: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, self.folder / script, output], stdin=subprocess.DEVNULL)

    def strike_everything(self) -> None:
        """End every process started here, in whatever state it is."""
        processes = [*self.writers.values(), *self.monitors.values(), *self.tellers]
        for process in processes:
            process.kill()
        if self.agent:
            self.agent.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.agent.wait(5)
            self.agent.kill()
            processes.append(self.agent)
        for process in processes:
            process.wait()

    # The play

    def play(self) -> None:
        healthy = "(ffmpeg_status, monitor_status) = ('active', 'active')"
        self.wait(f"count(*) = 3 from incident.device where {healthy}")
        self.show("select host_name, device_name, ffmpeg_status, monitor_status from incident.device")

        say("Freezing the recorder of the set-top box (SIGSTOP) and killing that of the game console ...")
        self.writers["capture2"].send_signal(signal.SIGSTOP)
        end(self.writers["capture3"])
        self.wait("count(*) = 2 from incident.active")
        say("The transaction of the first bad sample opened the incidents. What is broken right now?")
        board = "select * from incident.board"
        self.show(board)

        number = self.incident("Set-top box")
        say("Ana takes that of the set-top box.")
        self.show(f"select * from incident.acknowledge({number}, 'on it', operator => 'ana')")
        say("The frozen process dies: the same incident, now critical.")
        end(self.writers["capture2"])
        self.wait(f"severity = 'critical' from system_incident where incident_id = {number}")
        self.show(board)

        say("Starting both recorders again ...")
        self.record("capture2")
        self.record("capture3")
        self.wait("count(*) = 0 from incident.active")
        self.show(
            f"select * from incident.close({number}, "
            "root_cause => 'power saving froze the USB port', operator => 'ana')"
        )
        say("Recovery resolved them; Ana closed hers with what she found. How long did it take?")
        self.show(
            "select incident_id, status, root_cause, acknowledged_at - detected_at as to_acknowledge,\n"
            "    resolved_at - detected_at as to_resolve\n"
            "from system_incident order by incident_id"
        )
        say("The timeline of one of them, which nobody can change:")
        self.show(
            "select to_char(happened_at, 'HH24:MI:SS') as at, event, from_value, to_value, operator, note\n"
            f"from incident.timeline where incident_id = {number} order by entry_id"
        )
        say("And so, how available was each device since the demo began?")
        self.show(self.questions()["How available was each device?"])
        say("The monitor of the game console fails. This one is left to you.")
        end(self.monitors["capture3"])
        self.wait("count(*) = 1 from incident.active")
        self.show(board)
        say("Out of the box everything goes to the contact default, here a mailbox file. You have mail:")
        number = self.incident("Game console")
        self.wait(f"count(*) = 1 from incident.told where incident_id = {number} and state = 'sent'")
        last = (self.folder / "mailbox").read_bytes().split(b"From incidents@studio\n")[-1]
        mail = email.message_from_bytes(last, policy=email.policy.default)
        text = f"To: {mail['To']}\nSubject: {mail['Subject']}\n\n{mail.get_body(['plain']).get_content()}"
        print("\n" + textwrap.indent(text.strip(), "    | ", lambda _line: True), flush=True)
        self.show(
            "select contact, kind, state, reason, to_char(after_announced, 'SS.MS') as seconds\n"
            "from incident.told order by incident_id, number"
        )

    def farewell(self) -> None:
        with psycopg.connect(self.server.url("postgres")) as connection:
            another = connection.execute(
                "select from pg_database where datname = %s", [OWN_DATABASE]
            ).fetchone()
        say(f"That was it. The database {DATABASE} stays until the next demo. Open it:")
        if self.server.home == HOME and not another:
            print("\n    make psql        (and what is broken, on one screen: make status)\n\nand ask:")
        else:
            program = shutil.which("psql") or str(self.server.bin / "psql")
            print(f"\n    {shlex.quote(program)} {shlex.quote(self.url)}\n\nand ask:")
        for question, call in self.questions().items():
            print(f"\n-- {question}\n{call};")
        number = self.incident("Game console")
        print(f"\n-- Who takes the monitor?\nselect * from incident.acknowledge({number}, 'on it');")
        print("\nNext: make psql. Away with it: make clean (programs), make clean-data (the database)")

    def questions(self) -> dict[str, str]:
        with psycopg.connect(self.url) as connection:
            start, end = connection.execute(
                "select to_char(min(timestamp), 'YYYY-MM-DD HH24:MI:SSOF'),"
                " to_char(max(timestamp), 'YYYY-MM-DD HH24:MI:SSOF') from system_device_metrics"
            ).fetchone()
        return {
            question: textwrap.dedent(call).strip().format(start=start, end=end)
            for question, call in QUESTIONS.items()
        }

    def incident(self, device_name: str) -> int:
        with psycopg.connect(self.url) as connection:
            question = "select incident_id from incident.active where device_name = %s"
            return connection.execute(question, [device_name]).fetchone()[0]

    def wait_for_files(self) -> None:
        """Until each folder has a picture and a report of the monitor: all are healthy from the start."""
        deadline = time.monotonic() + PATIENCE
        for folder in DEVICES:
            while not all(any((self.folder / folder).glob(f"*.{kind}")) for kind in ("jpg", "json")):
                if time.monotonic() > deadline:
                    raise DemoError(f"After {PATIENCE} s nothing has been recorded in {self.folder / folder}")
                time.sleep(0.1)

    def wait(self, condition: str) -> None:
        """Until `select condition` is true."""
        deadline = time.monotonic() + PATIENCE
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not connection.execute(f"select {condition}").fetchone()[0]:
                if time.monotonic() > deadline:
                    log = (self.folder / "agent.log").read_text()[-3000:]
                    raise DemoError(f"After {PATIENCE} s still not: {condition}\nThe agent's log:\n{log}")
                time.sleep(0.1)

    def show(self, statement: str) -> None:
        """Run a statement through psql, as a person would."""
        print(
            f"\n{DATABASE}=> {statement.replace(chr(10), chr(10) + ' ' * (len(DATABASE) + 3))};", flush=True
        )
        subprocess.run(
            [
                self.server.bin / "psql",
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-P",
                "pager=off",
                "-P",
                "footer=off",
                "-d",
                self.url,
            ],
            input=statement,
            text=True,
            check=True,
            env=clean_environment(),
        )
        time.sleep(self.pause)


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def say(text: str) -> None:
    print("\n" + textwrap.fill(text, 100), flush=True)


@contextlib.contextmanager
def demo(home: Path, *settings: Any) -> Iterator[Demo]:
    """A demo with its folder; all its processes end with it."""
    with tempfile.TemporaryDirectory(prefix="pg_incident-demo-", ignore_cleanup_errors=True) as folder:
        made = Demo(Cluster(wheel_bin(), home), Path(folder).resolve(), *settings)
        try:
            yield made
        finally:
            made.strike_everything()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description="Incidents open and resolve.")
    parser.add_argument("--home", type=Path, default=HOME, help="folder of the embedded server")
    parser.add_argument("--interval", type=float, default=1.0, metavar="SECONDS", help="between two samples")
    parser.add_argument("--pause", type=float, default=4.0, metavar="SECONDS", help="to read each table")
    parser.add_argument("--stand-in", action="store_true", help="do without FFmpeg even where there is one")
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("PG") or name == "DATABASE_URL"]:
        del os.environ[name]  # the demo is for its own database alone
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        ffmpeg = None if options.stand_in else shutil.which("ffmpeg")
        with demo(options.home, options.interval, options.pause, ffmpeg) as made:
            made.set_up()
            made.start_everything()
            made.start_telling()
            made.play()
        made.farewell()
    except KeyboardInterrupt:
        print("\nStopped; its processes are gone.", file=sys.stderr)
        return 130
    except (DemoError, ServerError, AssertionError, psycopg.Error, subprocess.SubprocessError) as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
