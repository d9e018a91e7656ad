"""A studio: capture folders with real processes that write into them, and the agent that watches them."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from db.embedded import REPO


@dataclass
class Studio:
    """Capture folders below a temporary folder, and the processes started for them."""

    root: Path
    interval_seconds: float = 60
    fresh_seconds: float = 5  # longer than a busy machine takes from a file to the look at it
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.root / "host-agent.toml"

    def configure(self, *folders: str, more: str = "") -> Path:
        """Write the configuration for a device per folder."""
        for folder in folders:
            (self.root / folder).mkdir(exist_ok=True)
        devices = "\n".join(
            f'[[device]]\ndevice_id = "id-{one}"\ndevice_name = "TV {one}"\ncapture_folder = "{one}"'
            for one in folders
        )
        self.config.write_text(
            f'host_name = "studio"\ncapture_root = "{self.root}"\nspool = "{self.root}/spool.sqlite3"\n'
            f"interval_seconds = {self.interval_seconds}\n{more}\n"
            f"[ffmpeg]\nfresh_seconds = {self.fresh_seconds}\n"
            f'[monitor]\nfresh_seconds = {self.fresh_seconds}\nprocess = "capture_monitor.sh"\n{devices}\n'
        )
        return self.config

    def start(
        self, *command: str | Path, executable: str | None = None, **options: object
    ) -> subprocess.Popen:
        process = subprocess.Popen(
            command, executable=executable, stdin=subprocess.PIPE, text=True, **options
        )
        self.processes.append(process)
        # Popen returns while the kernel still loads the program: for a moment it has no command line.
        arguments = Path(f"/proc/{process.pid}/cmdline")
        while process.poll() is None and not arguments.read_bytes():
            time.sleep(0.001)
        return process

    def idle(self, name: str, *arguments: str | Path, **options: object) -> subprocess.Popen:
        """A process called `name` that names these arguments and does nothing until it is killed."""
        return self.start(name, "-c", "read _", *arguments, executable="/bin/sh", **options)

    def ffmpeg(self, folder: str) -> subprocess.Popen:
        """A real FFmpeg that records a test picture into the folder, in segments of 0.2 s."""
        return self.start(
            *(
                "ffmpeg",
                "-nostdin",
                "-loglevel",
                "error",
                "-re",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=10",
            ),
            *(
                "-c:v",
                "mpeg2video",
                "-g",
                "2",
                "-f",
                "hls",
                "-hls_time",
                "0.2",
                self.root / folder / "out.m3u8",
            ),
        )

    def monitor(self, folder: str) -> subprocess.Popen:
        """A monitor that writes a JSON file into the folder, over and over."""
        script = self.root / "capture_monitor.sh"
        script.write_text('while :; do echo {} >"$1/frame.json"; sleep 0.1; done\n')
        return self.start("sh", script, self.root / folder)

    def file(self, name: str, age: float = 0, text: str = "x") -> Path:
        """A file of that age in seconds; a negative age lies in the future."""
        path = self.root / name
        path.write_text(text)
        then = time.time() - age
        os.utime(path, (then, then))
        return path

    def agent(
        self, *arguments: str, url: str = "", user: str | None = None, **environment: str
    ) -> subprocess.Popen:
        """The agent as its own process, of this user."""
        become = (
            ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
            if user
            else []
        )
        return self.start(
            *become,
            *(sys.executable, "-m", "host_agent", "--config", self.config, *arguments),
            cwd=REPO,
            env=os.environ | {"DATABASE_URL": url} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run_agent(
        self, *arguments: str, url: str = "", user: str | None = None, **environment: str
    ) -> tuple[int, str]:
        """Run it to its end: exit code and everything it printed."""
        process = self.agent(*arguments, url=url, user=user, **environment)
        output, _ = process.communicate(timeout=30)
        return process.returncode, output

    def stop(self) -> None:
        for process in self.processes:
            process.kill()  # also what is stopped by SIGSTOP
        for process in self.processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()


def open_to_all(root: Path) -> None:
    """Other users may enter this temporary folder."""
    for folder in (root, *root.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
