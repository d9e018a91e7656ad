"""What check-config finds, beyond what cannot be read as a configuration at all."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime

import psycopg

from host_agent import store
from host_agent.config import Config
from host_agent.processes import Identity, identity
from host_agent.readings import Readings
from host_agent.rounds import Agent, one_line
from host_agent.signals import Interrupted
from host_agent.spool import Row

FOLDER_SECONDS = 5
DATABASE_SECONDS = 30


def check(agent: Agent, offline: bool) -> tuple[list[str], list[str]]:
    """Shows what each device does. Returns what is wrong with the configuration, and with the database."""
    config = agent.config
    rows = agent.sample(datetime.now(UTC))
    for value in (row.values for row in rows[:-1]):
        statuses = f"ffmpeg {value['ffmpeg_status']}, monitor {value['monitor_status']}"
        print(f"{value['capture_folder']}: {statuses}")
    for component in (config.ffmpeg, config.monitor):
        if component.fresh_seconds > 2 * config.interval_seconds:
            print(
                f"warning: [{component.name}] fresh_seconds = {component.fresh_seconds:g}: "
                "what is dead looks active for that long"
            )
    wrong = [*spool_problems(config), *folder_problems(config)]
    return wrong, [] if offline else database_problems(agent, rows)


def spool_problems(config: Config) -> list[str]:
    file, folder = config.spool, config.spool.parent
    if not folder.is_dir():
        return [f"the folder of spool = '{file}' does not exist. Create it."]
    if file.exists() and not file.is_file():
        return [f"spool = '{file}' is not a file. Name a file in an existing folder."]
    if not os.access(file if file.exists() else folder, os.W_OK):
        return [f"spool = '{file}' may not be written by this user. Run check-config as the agent's user."]
    return []


def folder_problems(config: Config) -> list[str]:
    """Folders that are not there, may not be read, or are the same by another name."""

    def look(path: str) -> Identity:
        with os.scandir(path):
            return identity(path)

    jobs = {one.capture_folder: (lambda path=str(one.path): look(path)) for one in config.devices}
    found, failures = Readings()(jobs, FOLDER_SECONDS)
    problems = [f"capture_folder = '{name}': cannot read {why}" for name, why in sorted(failures.items())]
    names: dict[Identity, str] = {}
    for name, folder in sorted(found.items()):
        if (other := names.setdefault(folder, name)) != name:
            problems.append(f"capture_folder = '{other}' and '{name}' are the same folder")
    return problems


def database_problems(agent: Agent, rows: list[Row]) -> list[str]:
    """Tries the insert, and takes it back."""
    try:
        with (
            agent.stop.limit(DATABASE_SECONDS),
            contextlib.closing(store.connect()) as connection,
            connection.transaction(force_rollback=True),
        ):
            offset = store.clock_offset(connection)
            store.insert(connection, rows)
    except (psycopg.Error, Interrupted) as error:
        state = getattr(error, "sqlstate", None) or ""
        return [f"database: {one_line(error)}{store.advice(state, agent.config.host_name)}"]
    print(f"the database takes its rows; this clock is {offset:+.1f} s from the server's")
    return []
