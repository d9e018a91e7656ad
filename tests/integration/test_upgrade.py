"""Every release in git, with its functions, days of data, open incidents and live writers, becomes this
tree: its schema is that of a fresh install, what people did is kept, and no row is lost.

Until there is a release, an older tree is made of this one: with a function, a view and a trigger that are
gone by now, and others in an earlier form."""

from __future__ import annotations

import io
import subprocess
import tarfile
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.embedded import REPO
from tests.support import manifest
from tests.support.dump import dump_schema
from tests.support.psql import migrate
from tests.support.rows import device_row, device_rows, host_row, insert
from tests.support.servers import Database

MADE_OLD = "this tree made old"


def releases() -> list[str]:
    listed = subprocess.run(
        ["git", "tag", "--list", "v*", "--sort=v:refname"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    return listed.stdout.split() or [MADE_OLD]


def tree_of(release: str, to: Path) -> Path:
    if release == MADE_OLD:
        return made_old(manifest.copy_tree(to))
    packed = subprocess.check_output(["git", "archive", release], cwd=REPO)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(to, filter="data")
    return to


def made_old(tree: Path) -> Path:
    manifest.add_function(
        tree,
        "policy/gone.sql",
        """
        create or replace function incident_engine.gone() returns trigger language plpgsql
        as $$ begin return null; end $$;
        create or replace trigger gone after insert on public.system_incident
        for each statement execute function incident_engine.gone();
        create or replace view incident.gone as select i.incident_id from public.system_incident as i;
        """,
    )
    version = tree / "functions/reporting/version.sql"
    version.write_text(version.read_text().replace("return '", "return 'before "))
    comments = tree / "db/comments.sql"
    said = "comment on table incident.device is '"
    comments.write_text(comments.read_text().replace(said, f"{said}Once: "))
    return tree


def load(database: Database) -> None:
    """Three days of two hosts up to now, with incidents that are over, open and acknowledged."""
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=3)
    with database.connect() as connection:
        for host in ("host-1", "host-2"):
            rows = []
            for minute in range(0, 3 * 24 * 60, 2):
                failing = minute % 360 in (100, 102) or minute > 3 * 24 * 60 - 20
                status = "stopped" if failing else "active"
                at = start + timedelta(minutes=minute)
                rows.append(device_row(at, host_name=host, ffmpeg_status=status))
            for first in range(0, len(rows), 500):
                insert(connection, rows[first : first + 500])
            insert(connection, host_row(start + timedelta(days=3), host_name=host), "system_metrics")
        connection.execute("select incident.sweep()")
        connection.execute(
            "select incident.acknowledge(incident_id, operator => 'ada') from incident.active"
            " where host_name = 'host-1'"
        )


def kept(database: Database) -> str:
    """What nobody may lose in an upgrade."""
    return database.psql(
        """
        select incident_id, incident_uuid, host_name, component, detected_at, acknowledged_by, acknowledged_at
        from public.system_incident
        where host_name in ('host-1', 'host-2')
        order by incident_id;
        select host_name, incident_id, entry_id, hash from incident.timeline
        where host_name in ('host-1', 'host-2')
        order by 1, 2, 3;
        select * from incident.device_state where host_name in ('host-1', 'host-2') order by 1, 2, 3, 4;
        """
    )


@pytest.mark.parametrize("release", releases())
def test_a_release_becomes_this_tree(
    database: Database, empty_database: Database, release: str, tmp_path: Path
) -> None:
    old = empty_database
    migrate(old.url, bin=old.server.bin, tree=tree_of(release, tmp_path / "an old tree"))
    load(old)
    before = kept(old)
    stop = threading.Event()

    def write(host: str) -> int:
        with old.connect() as connection:
            rows = device_rows(" ".join(["active active stuck"] * 400), at=0, host_name=host)
            for count, row in enumerate(rows, start=1):
                insert(connection, row)
                if stop.wait(0.05):
                    return count
        return len(rows)

    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, host) for host in ("live-1", "live-2")]
        try:
            old.migrate(arguments=["-v", "lock_timeout=2min"])
        finally:
            stop.set()
        written = sum(writer.result() for writer in writers)

    assert dump_schema(old.url) == dump_schema(database.url)
    assert kept(old) == before
    rows = "select count(*) from public.system_device_metrics where host_name like 'live-%'"
    assert old.psql(rows) == str(written)
    assert old.psql("select * from incident.check_invariants()") == ""
    assert old.psql("select * from incident.verify_timeline()") == ""
    assert old.psql("select count(*) from incident_engine.error") == "0"
