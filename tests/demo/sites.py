"""`make demo-sites`: two sites and a central database; a failure, a verb, a cut line.

Three PostgreSQL servers of the demo's own in a temporary folder, removed at the end. Samples come every
second; the line to one of the sites goes through a proxy, which the demo cuts.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from db.embedded import REPO, Cluster, ServerError, wheel_bin
from tests.sites.proxy import Line
from tests.support.psql import migrate, run_psql

SITES = {"munich": 1, "oslo": 2}
PATIENCE = 60  # seconds until something expected must have happened; a busy machine is slow
SETTINGS = {
    "wal_level": "logical",
    "max_slot_wal_keep_size": "1GB",
    "wal_retrieve_retry_interval": "500ms",
    "fsync": "off",
    "wal_receiver_timeout": "3s",
}
SAMPLE = """
insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
select %(site)s || '-studio', 'device' || n, 'Camera ' || n, 'capture' || n,
    case when n = %(broken)s then 'stopped' else 'active' end, 'active', clock_timestamp()
from generate_series(1, 3) as n
"""


class DemoError(Exception):
    """Something expected did not happen."""


class Demo:
    def __init__(self, folder: Path) -> None:
        self.servers = {name: Cluster(wheel_bin(), folder / name, SETTINGS) for name in ("central", *SITES)}
        self.broken = dict.fromkeys(SITES, 0)  # the device of each site that fails
        self.over = threading.Event()
        self.threads: list[threading.Thread] = []

    def url(self, name: str) -> str:
        return self.servers[name].url("postgres")

    def ask(self, name: str, query: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def show(self, name: str, query: str) -> None:
        print(f"\n{name}=> {query}")
        done = run_psql(
            self.url(name),
            bin=wheel_bin(),
            arguments=["-P", "format=aligned", "-P", "tuples_only=off", "-c", query],
        )
        print(done.stdout.rstrip())

    def script(self, at: str, name: str, **variables: str) -> None:
        given = {"resync": "no", "unreachable": "no", "from": ""} | variables
        run_psql(
            self.url(at),
            file=REPO / f"db/{name}.psql",
            bin=wheel_bin(),
            arguments=[part for key, value in given.items() for part in ("-v", f"{key}={value}")],
        )

    def wait(self, name: str, query: str, what: str) -> float:
        """Until the query returns true; how long it took."""
        began = time.monotonic()
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            while not connection.execute(query).fetchone()[0]:
                if time.monotonic() > began + PATIENCE:
                    raise DemoError(f"waited {PATIENCE} s for {what}")
                time.sleep(0.005)
        return time.monotonic() - began

    def every_second(self, work: Callable[[psycopg.Connection], None], name: str) -> None:
        def run() -> None:
            with psycopg.connect(self.url(name), autocommit=True) as connection:
                while not self.over.wait(1):
                    work(connection)

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()

    # The play

    def set_up(self) -> None:
        for name, server in self.servers.items():
            server.start()
            migrate(self.url(name), bin=server.bin, arguments=["-v", f"site={SITES.get(name, 0)}"])
            self.ask(
                name,
                "select incident.set_policy(sample_interval => '1 second', no_data_after => '6 seconds', "
                "new_device_grace => '0')",
            )

    def start(self) -> None:
        for name in SITES:

            def work(connection: psycopg.Connection, name: str = name) -> None:
                connection.execute(SAMPLE, {"site": name, "broken": self.broken[name]})
                connection.execute("select from incident.sweep()")

            self.every_second(work, name)
        self.every_second(lambda connection: connection.execute("select from incident.sweep()"), "central")

    def play(self, line: Line) -> None:
        say("1. The center follows both sites. There: make publish SITE=..., at the center: make subscribe.")
        for name in SITES:
            self.script(name, "publish", site=name)
            self.script(
                "central", "subscribe", site=name, **{"from": line.url if name == "oslo" else self.url(name)}
            )
        self.wait("central", "select count(*) = 6 from incident.availability()", "the copy of both sites")
        self.show(
            "central",
            "select site, name, version, hosts, round(lag_seconds) as lag, problem from incident.site_health",
        )

        say("2. A camera in munich stops.")
        self.broken["munich"] = 2
        self.wait("munich", "select count(*) = 1 from incident.active", "the incident in munich")
        after = self.wait("central", "select count(*) = 1 from incident.active", "the incident at the center")
        print(f"At the center {after * 1000:.0f} ms after it was seen in munich:")
        self.show(
            "central", "select incident_id, severity, host_name, device_name, status from incident.active"
        )
        ((incident,),) = self.ask("central", "select incident_id from incident.active")

        say("3. At the center nothing is written by hand. What is said at the site comes back.")
        try:
            self.ask("central", "select incident.acknowledge(%s)", [incident])
            raise DemoError("the center acknowledged an incident of munich")
        except psycopg.Error as error:
            print(f"central=> select incident.acknowledge({incident});\nERROR: {error.diag.message_primary}")
        self.ask("munich", "select incident.acknowledge(%s, note => 'on it', operator => 'ana')", [incident])
        self.wait(
            "central", "select bool_and(status = 'in_progress') from incident.active", "the acknowledgement"
        )
        self.show(
            "central", "select incident_id, event, operator, note from incident.timeline order by entry_id"
        )

        say("4. The line to oslo is cut. Its site goes on; at the center it is an incident of its own.")
        line.cut()
        self.broken["oslo"] = 1
        self.wait(
            "central",
            "select count(*) = 1 from incident.active where host_name = 'site oslo'",
            "oslo to be missed",
        )
        self.show("central", "select severity, host_name, description from incident.active")
        self.show(
            "central", "select name, round(lag_seconds) as lag_seconds, problem from incident.site_health"
        )
        print("\nWhat lies after is not known, and counts as nothing, up or down:")
        seconds = (
            "select host_name, sum(up_seconds) as up, sum(down_seconds) as down, "
            "sum(no_data_seconds) as silent from incident.availability() group by host_name order by 1"
        )
        self.show("central", seconds)
        self.show("oslo", seconds)

        say("5. The line is mended.")
        line.mend()
        after = self.wait(
            "central", "select count(*) = 1 from incident.active where host_name = 'oslo-studio'", "oslo"
        )
        print(f"After {after:.1f} s the center has what happened meanwhile.")
        self.wait(
            "central",
            "select not exists (select from incident.active where host_name = 'site oslo')",
            "its end",
        )
        ((as_of,),) = self.ask("central", "select swept_to from incident.site where name = 'oslo'")
        asked = (
            "select host_name, device_name, up_seconds, down_seconds from incident.availability("
            "now() - interval '1 hour', %s, as_of => %s) where host_name like 'oslo%%'"
        )
        if self.ask("central", asked, [as_of, as_of]) != self.ask("oslo", asked, [as_of, as_of]):
            raise DemoError("the center and oslo differ")
        print("As of the moment up to which oslo has looked both say the same, to the microsecond.")
        self.show(
            "central", "select incident_id, host_name, device_name, status from incident.recent order by 1"
        )


def say(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


@contextlib.contextmanager
def stage() -> Iterator[Demo]:
    folder = Path(tempfile.mkdtemp(prefix="pg_incident-sites-"))
    folder.chmod(0o711)  # root's server runs as another user
    demo = Demo(folder)
    try:
        yield demo
    finally:
        demo.over.set()
        for thread in demo.threads:
            thread.join(5)
        for server in demo.servers.values():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    began = time.monotonic()
    print(
        "Setting up three databases: munich (make migrate SITE=1), oslo (SITE=2) and a central one ...",
        flush=True,
    )
    with stage() as demo:
        demo.set_up()
        demo.start()
        with Line(demo.url("oslo")) as line:
            demo.play(line)
    print(f"\nThat took {time.monotonic() - began:.0f} s. Next: docs/sites.md")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (DemoError, ServerError) as error:
        sys.exit(f"demo-sites: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
