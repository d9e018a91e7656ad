"""host-agent: see --help."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from host_agent import store
from host_agent.config import Config, ConfigError, load
from host_agent.rounds import Agent, Stop
from host_agent.spool import Spool

HELP = """\
commands:
  run            a sample every minute, on the minute, until SIGTERM
  once           one sample now
  check-config   read the configuration, look at every device, send nothing
  spool          rows waiting and in quarantine; spool list | retry [ID ...] | drop ID ... | drop all

The database is named by DATABASE_URL, or by libpq's PGHOST, PGSERVICE, PGPASSFILE ...
"""


def open_spool(config: Config, command: str) -> Spool:
    if command == "check-config":  # leaves nothing on the disk, least of all a file that belongs to root
        return Spool(Path(":memory:"))
    if not config.spool.parent.is_dir():
        raise ConfigError(f"the folder of spool = '{config.spool}' does not exist. Create it.")
    return Spool(config.spool)


def show_devices(agent: Agent) -> None:
    """What a sample would say, for check-config."""
    for row in agent.sample(datetime.now(UTC))[:-1]:
        value = row.values
        print(
            f"{value['capture_folder']}: ffmpeg {value['ffmpeg_status']}, monitor {value['monitor_status']}"
        )


def spool_command(spool: Spool, action: str, ids: list[str]) -> int:
    if action not in ("count", "list", "retry", "drop") or (action == "drop" and not ids):
        raise ConfigError("spool, spool list, spool retry [ID ...], spool drop ID ..., spool drop all")
    if not all(one.isdecimal() for one in ids) and ids != ["all"]:
        raise ConfigError(f"spool {action}: {' '.join(ids)} are not numbers from spool list")
    chosen = [] if ids == ["all"] else [int(one) for one in ids]
    if action == "list":
        for row in spool.rejected():
            place = row.values.get("capture_folder", "")
            print(f"{row.id}  {row.values['timestamp']}  {row.table} {place}  {row.rejected}")
    elif action == "count":
        waiting, refused, oldest = spool.count()
        print(f"{waiting} rows waiting{f' since {oldest}' if oldest else ''}, {refused} in quarantine")
    else:
        print(f"{getattr(spool, action)(chosen)} rows")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="host-agent",
        description="Sends what this host and its capture devices are doing to PostgreSQL, once a minute.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--config", type=Path, default=Path("/etc/host-agent/host-agent.toml"), metavar="FILE"
    )
    parser.add_argument("command", choices=["run", "once", "check-config", "spool"])
    parser.add_argument("action", nargs="?", default="count", help="of spool: list, retry, drop")
    parser.add_argument("ids", nargs="*", metavar="ID")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    logging.Formatter.converter = time.gmtime
    try:
        config = load(options.config)
        store.connection_parameters()
        with contextlib.closing(open_spool(config, options.command)) as spool:
            if options.command == "spool":
                return spool_command(spool, options.action, options.ids)
            agent = Agent(config, spool, Stop())
            match options.command:
                case "run":
                    agent.run()
                case "once":
                    agent.keep(agent.sample(datetime.now(UTC).replace(microsecond=0)))
                    return 0 if agent.send() else 1
                case "check-config":
                    show_devices(agent)
                    print(f"{options.config} is fine: {config.host_name}, {len(config.devices)} devices")
    except ConfigError as error:
        print(f"host-agent: {error}", file=sys.stderr)
        return 2
    except (sqlite3.Error, OSError) as error:
        print(f"host-agent: {config.spool}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
