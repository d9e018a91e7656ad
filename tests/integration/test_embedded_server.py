"""db/embedded.py: the server for those who have none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from db import embedded
from db.embedded import Cluster, ServerError
from tests.support.psql import environment, run_psql
from tests.support.servers import server_home, server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


@pytest.fixture
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    folder = server_home()
    made = Cluster(embedded.wheel_bin(), folder / getattr(request, "param", "home"), {"fsync": "off"})
    yield made
    made.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(
    "cluster",
    ["home", "it's a folder, with spaces & 100 %", "long" * 30],
    indirect=True,
    ids=["plain", "odd", "long"],
)
def test_psql_and_psycopg_reach_it_in_any_folder(cluster: Cluster) -> None:
    cluster.start()
    cluster.create_database()
    question = "select current_database(), current_setting('timezone'), current_setting('listen_addresses')"
    assert run_psql(cluster.url(), question, bin=cluster.bin).stdout == "incident|UTC|\n"
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute(question).fetchone() == ("incident", "UTC", "")


def test_several_starting_it_at_once_get_one_server(cluster: Cluster) -> None:
    def start(_: int) -> int | None:
        own = Cluster(cluster.bin, cluster.home, cluster.settings)
        own.start()
        own.create_database()
        return own.pid()

    with ThreadPoolExecutor() as pool:
        assert len(set(pool.map(start, range(4)))) == 1


def test_data_outlives_stop_and_start(cluster: Cluster) -> None:
    cluster.start()
    cluster.create_database()
    run_psql(cluster.url(), "create table kept as select 42 as answer", bin=cluster.bin)
    cluster.stop()
    assert not cluster.running()
    cluster.start()
    assert run_psql(cluster.url(), "table kept", bin=cluster.bin).stdout == "42\n"


def test_an_interrupted_creation_is_begun_again(cluster: Cluster) -> None:
    (cluster.home / "data.unfinished").mkdir(parents=True)
    (cluster.home / "data.unfinished/PG_VERSION").write_text("18\n")
    cluster.start()
    assert cluster.running()


def test_a_failing_start_shows_the_servers_log(cluster: Cluster) -> None:
    cluster.settings["shared_preload_libraries"] = "no_such_library"
    with pytest.raises(ServerError, match="no_such_library"):
        cluster.start()


def test_without_the_wheel_it_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "db/embedded.py", "url"],  # -S: no site-packages
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Run `make setup`" in done.stderr
    assert "DATABASE_URL=postgresql://" in done.stderr
    assert "Traceback" not in done.stderr
