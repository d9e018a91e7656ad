"""Where the host agent gets its password from, over TLS, and that nobody gets to see it."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from db.embedded import REPO, give_to_server_user
from tests.agent.studio import Studio
from tests.security.conftest import Login, MakeLogin
from tests.support.servers import Database, Server, installations, server_names, temporary_server

SECRET = "s3cret:with\\odd'characters"
LOGIN = "studio_1"


def with_tls() -> list[str]:
    """The installations that were built with TLS; the embedded one was not."""
    found = []
    for name, folder in installations().items():
        if folder is None:
            continue
        said = subprocess.run(
            [folder / "pg_config", "--configure"], capture_output=True, text=True, check=False
        )
        if "--with-openssl" in said.stdout or "--with-ssl=openssl" in said.stdout:
            found.append(name)
    return found


@dataclass
class Site:
    """A database server that takes passwords (SCRAM) over TLS alone, and an agent that may write to it."""

    server: Server
    database: Database
    port: int
    root_certificate: Path
    other_certificate: Path

    @property
    def address(self) -> dict[str, str]:
        return {
            "PGHOST": "localhost",
            "PGPORT": str(self.port),
            "PGDATABASE": self.database.name,
            "PGUSER": LOGIN,
            "PGSSLMODE": "verify-full",
            "PGSSLROOTCERT": str(self.root_certificate),
        }

    def forget(self) -> None:
        with self.database.connect() as connection:
            connection.execute("set session_replication_role = replica; truncate public.system_metrics")

    def rows(self) -> int:
        with self.database.connect() as connection:
            return connection.execute("select count(*) from public.system_metrics").fetchone()[0]


def certificate(folder: Path, name: str, host: str) -> tuple[Path, Path]:
    """A certificate for the host, signed by itself, and its key."""
    made, key = folder / f"{name}.crt", folder / f"{name}.key"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={host}",
            ),
            *("-addext", f"subjectAltName=DNS:{host}", "-out", str(made), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture(scope="module", params=with_tls())
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tls")
    made, key = certificate(folder, "server", "localhost")
    other, _ = certificate(folder, "other", "localhost")
    server = temporary_server(request.param)
    try:
        database = server.database("migrated")
        with database.connect() as connection:
            connection.execute(
                sql.SQL("set password_encryption = 'scram-sha-256'; create role {} login password {}").format(
                    sql.Identifier(LOGIN), sql.Literal(SECRET)
                )
            )
            connection.execute(
                f"grant incident_agent to {LOGIN}; select incident.allow_agent('{LOGIN}', 'studio')"
            )
        assert server.cluster
        data = server.cluster.data
        server.stop()
        for source, name in ((made, "server.crt"), (key, "server.key")):
            (data / name).write_bytes(source.read_bytes())
            (data / name).chmod(0o600)
            give_to_server_user(data / name)
        (data / "pg_hba.conf").write_text(  # as docs/security.md recommends it
            f"local   all  postgres           trust\nhostssl all  {LOGIN}  localhost  scram-sha-256\n"
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server.cluster.port = port
        server.cluster.settings |= {"listen_addresses": "localhost", "ssl": "on"}
        server.start()
        yield Site(server, database, port, made, other)
    finally:
        server.remove()


@pytest.fixture
def quiet_studio(studio: Studio) -> Studio:
    """A server without capture devices: a row of system_metrics a round."""
    studio.configure()
    return studio


def pgpass(folder: Path, mode: int = 0o600) -> Path:
    file = folder / "pgpass"
    file.write_text(f"*:*:*:{LOGIN}:{SECRET.replace(chr(92), chr(92) * 2).replace(':', chr(92) + ':')}\n")
    file.chmod(mode)
    return file


def service_file(folder: Path, site: Site, password: bool) -> Path:
    file = folder / "pg_service.conf"
    lines = [f"{name[2:].lower()}={value}" for name, value in site.address.items()]
    lines = [line.replace("database=", "dbname=") for line in lines]
    file.write_text("\n".join(["[monitoring]", *lines, *([f"password={SECRET}"] if password else [])]) + "\n")
    file.chmod(0o600)
    return file


def url(site: Site) -> str:
    return psycopg.conninfo.make_conninfo(
        host="localhost",
        port=site.port,
        dbname=site.database.name,
        user=LOGIN,
        password=SECRET,
        sslmode="verify-full",
        sslrootcert=str(site.root_certificate),
    )


Way = Callable[[Site, Path], dict[str, str]]
WAYS: dict[str, Way] = {
    "a password file": lambda site, folder: site.address | {"PGPASSFILE": str(pgpass(folder))},
    "a password file in the home folder": lambda site, folder: (
        site.address | {"HOME": str(pgpass(folder).rename(folder / ".pgpass").parent)}
    ),
    "a service file and a password file": lambda site, folder: {
        "PGSERVICEFILE": str(service_file(folder, site, password=False)),
        "PGSERVICE": "monitoring",
        "PGPASSFILE": str(pgpass(folder)),
    },
    "a service file with the password": lambda site, folder: {
        "PGSERVICEFILE": str(service_file(folder, site, password=True)),
        "PGSERVICE": "monitoring",
    },
    "a service named in DATABASE_URL": lambda site, folder: {
        "PGSERVICEFILE": str(service_file(folder, site, password=True)),
        "DATABASE_URL": "service=monitoring",
    },
    "a credential of systemd": lambda site, folder: site.address | systemd_credential(folder),
    "the environment": lambda site, folder: site.address | {"PGPASSWORD": SECRET},
    "DATABASE_URL": lambda site, folder: {"DATABASE_URL": url(site)},
}


def systemd_credential(folder: Path) -> dict[str, str]:
    """What host-agent.service makes of its LoadCredential and Environment lines, as systemd does: the file is
    readable by the agent alone, in a folder that %d stands for."""
    unit = (REPO / "host_agent/host-agent.service").read_text()
    name = re.search(r"(?m)^LoadCredential=(\w+):/etc/host-agent/pgpass$", unit)[1]
    variable, value = re.search(r"(?m)^Environment=(\w+)=(%d/\S+)$", unit).groups()
    credentials = folder / "credentials"
    credentials.mkdir()
    pgpass(folder, 0o400).rename(credentials / name)
    return {variable: value.replace("%d", str(credentials)), "CREDENTIALS_DIRECTORY": str(credentials)}


def environment_of(way: dict[str, str]) -> dict[str, str]:
    """DATABASE_URL is empty unless it is the way; none of the test's own PG* variables."""
    return {"DATABASE_URL": ""} | way


@pytest.mark.parametrize("way", WAYS)
def test_the_agent_stores_its_rows_with_the_password_from(
    site: Site, quiet_studio: Studio, tmp_path: Path, way: str
) -> None:
    site.forget()
    environment = environment_of(WAYS[way](site, tmp_path))
    code, output = quiet_studio.run_agent("once", **environment)
    assert code == 0, output
    assert site.rows() == 1
    assert SECRET not in output
    for file in quiet_studio.root.glob("spool*"):
        assert SECRET.encode() not in file.read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_no_password_is_on_the_command_line_while_it_runs(
    site: Site, quiet_studio: Studio, tmp_path: Path, way: str
) -> None:
    agent = quiet_studio.agent("run", **environment_of(WAYS[way](site, tmp_path)))
    assert "a sample every" in agent.stdout.readline()
    arguments = Path(f"/proc/{agent.pid}/cmdline").read_bytes()
    assert b"host_agent" in arguments
    assert SECRET.encode() not in arguments
    with site.database.connect() as connection:  # nor where other logins of the database see it
        shown = connection.execute("select string_agg(a::text, ' ') from pg_stat_activity as a").fetchone()
    assert SECRET not in shown[0]


def test_there_is_no_option_for_a_password(quiet_studio: Studio) -> None:
    _, said = quiet_studio.run_agent("--help")
    assert "--config" in said
    assert not re.search(r"(?i)--\S*(password|url|dsn|user|host)", said)
    quiet_studio.config.write_text(quiet_studio.config.read_text() + '\npassword = "x"\n')
    code, said = quiet_studio.run_agent("check-config")
    assert code == 2, "nor in the configuration, which more people read than should know it"
    assert "password" in said


FAILURES: dict[str, tuple[Way, str]] = {
    "a wrong password": (
        lambda site, folder: site.address | {"PGPASSWORD": SECRET + "wrong"},
        "password authentication failed",
    ),
    "a password file that others may read": (
        lambda site, folder: site.address | {"PGPASSFILE": str(pgpass(folder, 0o644))},
        "no password supplied",
    ),
    "a server that is another": (
        lambda site, folder: (
            site.address | {"PGPASSWORD": SECRET, "PGSSLROOTCERT": str(site.other_certificate)}
        ),
        "certificate verify failed",
    ),
    "a server of another name": (
        lambda site, folder: site.address | {"PGPASSWORD": SECRET, "PGHOST": "127.0.0.1"},
        "does not match host name",
    ),
    "no TLS": (
        lambda site, folder: site.address | {"PGPASSWORD": SECRET, "PGSSLMODE": "disable"},
        "no encryption",
    ),
    "no server": (
        lambda site, folder: site.address | {"PGPASSWORD": SECRET, "PGPORT": "1"},
        "Connection refused",
    ),
    "an option that is none": (
        lambda site, folder: {"DATABASE_URL": url(site) + " sslmood=x"},
        "DATABASE_URL is not a connection string",
    ),
    "a service that is none": (
        lambda site, folder: {
            "DATABASE_URL": psycopg.conninfo.make_conninfo(service="nowhere", password=SECRET)
        },
        "nowhere",
    ),
}


@pytest.mark.parametrize("what", FAILURES)
def test_what_goes_wrong_is_said_without_the_password(
    site: Site, quiet_studio: Studio, tmp_path: Path, what: str
) -> None:
    way, message = FAILURES[what]
    site.forget()
    code, output = quiet_studio.run_agent("once", **environment_of(way(site, tmp_path)))
    assert code in (1, 2)
    assert message in output
    assert SECRET not in output
    assert site.rows() == 0


@pytest.mark.parametrize("server", server_names()[:1], indirect=True)
def test_an_agent_that_may_not_write_for_its_host_keeps_its_rows_and_says_what_to_do(
    studio: Studio, database: Database, login: MakeLogin
) -> None:
    studio.configure("a")
    agent: Login = login("incident_agent", "another-host")
    with database.connect() as connection:
        address = connection.info.get_parameters()
    target = psycopg.conninfo.make_conninfo(database.url, user=agent.name)
    assert address["dbname"] == database.name
    code, output = studio.run_agent("once", url=target, PGPASSWORD="attacks-need-a-login")
    assert code == 1
    assert "grant incident_agent to LOGIN; select incident.allow_agent(LOGIN, 'studio')" in output
    with database.connect() as connection:
        connection.execute("select incident.allow_agent(%s, 'studio')", [agent.name])
    time.sleep(1.1)  # samples are dated to the second, and one of the same second is the same sample
    code, output = studio.run_agent("once", url=target, PGPASSWORD="attacks-need-a-login")
    assert code == 0, output
    with database.connect() as connection:
        rows = connection.execute("select count(*) from public.system_device_metrics").fetchone()
    assert rows == (2,), "also those that waited"
