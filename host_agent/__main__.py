"""host-agent: see --help."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from host_agent import VERSION, store
from host_agent.check import check, spool_problems
from host_agent.config import Config, ConfigError, load
from host_agent.readings import reason
from host_agent.rounds import Agent, Stop
from host_agent.spool import Spool

HELP = """\
commands:
  run            a sample every minute, on the minute, until SIGTERM; SIGHUP reads the configuration again
  once           one sample now
  sample         print as JSON what would be sent now; sends nothing
  check-config   look at every device, the spool and, unless --offline, the database; sends nothing
  spool          how many rows wait; spool list [waiting] | retry [ID ...] | drop ID ... | drop all | waiting

exit status:
  0  done
  1  the database does not have the rows yet; they wait in the spool
  2  the configuration or the command line is wrong: a restart does not help

The database is named by DATABASE_URL, or by libpq's PGHOST, PGSERVICE, PGPASSFILE ...
"""
NOT_YET, WRONG = 1, 2


def open_spool(config: Config, command: str) -> Spool:
    """Commands that only look leave nothing on the disk, least of all a file that belongs to root."""
    if command in ("check-config", "sample") or (command == "spool" and not config.spool.exists()):
        return Spool(Path(":memory:"))
    if not config.spool.parent.is_dir():
        raise ConfigError(*spool_problems(config))
    return Spool(config.spool, config.spool_days, config.spool_megabytes)


def spool_command(spool: Spool, action: str = "count", *which: str) -> int:
    ids = [int(one) for one in which if one.isdecimal()]
    word = which[0] if len(which) == 1 and not ids else ""
    match action, word:
        case "count", "" if not which:
            waiting, refused, oldest = spool.count()
            print(f"{waiting} rows waiting{f' since {oldest}' if oldest else ''}, {refused} in quarantine")
        case "list", "" | "waiting" if not ids:
            for row in spool.listed(everything=word == "waiting"):
                place = f"{row.host_name} {row.values.get('capture_folder', '')}".rstrip()
                state = row.rejected or f"waits{f': {row.trouble}' if row.trouble else ''}"
                print(f"{row.id}  {row.values['timestamp']}  {row.table} {place}  {state}")
        case "retry", "" | "all" if len(ids) == len(which) or word:
            print(f"{spool.retry(ids)} rows")
        case "drop", "" if ids and len(ids) == len(which):
            print(f"{spool.drop(ids)} rows")
        case "drop", "all" | "waiting":
            print(f"{spool.drop(which='waiting' if word == 'waiting' else 'listed')} rows")
        case _:
            raise ConfigError(
                "spool, spool list, spool list waiting, spool retry [ID ...], spool drop ID ...,"
                " spool drop all, spool drop waiting; ID is a number from spool list"
            )
    return 0


def print_sample(agent: Agent) -> None:
    agent.stop.wait(1)  # rates are those of a second
    rows = agent.sample(datetime.now(UTC))
    tables = {table: [row.values for row in rows if row.table == table] for table in store.TABLES}
    print(json.dumps(tables, indent=2, ensure_ascii=False))


def check_config(agent: Agent, file: Path, offline: bool) -> int:
    wrong, database = check(agent, offline)
    for problem in wrong:
        print(f"host-agent: {file}: {problem}", file=sys.stderr)
    for problem in database:
        print(f"host-agent: {problem}", file=sys.stderr)
    if not wrong:
        print(f"{file} is fine: {agent.config.host_name}, {len(agent.config.devices)} devices")
    return WRONG if wrong else NOT_YET if database else 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="host-agent",
        description="Sends what this host and its capture devices are doing to PostgreSQL, once a minute.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Path("/etc/host-agent/host-agent.toml")
    parser.add_argument("--config", type=Path, default=default, metavar="FILE", help=f"default: {default}")
    parser.add_argument("--log-level", choices=["debug", "info", "warning", "error"], default="info")
    parser.add_argument("--offline", action="store_true", help="check-config: without the database")
    parser.add_argument("--version", action="version", version=f"host-agent {VERSION}")
    parser.add_argument("command", choices=["run", "once", "sample", "check-config", "spool"])
    parser.add_argument("rest", nargs="*", metavar="...", help="of spool")
    options = parser.parse_args(arguments)
    if options.rest and options.command != "spool":
        parser.error(f"{options.command} takes nothing more: {' '.join(options.rest)}")
    return options


def act(options: argparse.Namespace) -> int:
    config = load(options.config)
    store.connection_parameters()
    with contextlib.closing(open_spool(config, options.command)) as spool:
        if options.command == "spool":
            return spool_command(spool, *options.rest)
        agent = Agent(config, spool, Stop())
        match options.command:
            case "run":
                agent.run(options.config)
            case "once":
                return 0 if agent.once() else NOT_YET
            case "sample":
                print_sample(agent)
            case "check-config":
                return check_config(agent, options.config, options.offline)
    return 0


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    level = options.log_level.upper()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=level)
    logging.Formatter.converter = time.gmtime
    try:
        return act(options)
    except ConfigError as error:
        print(f"host-agent: {error}", file=sys.stderr)
    except Exception as error:
        if level == "DEBUG":
            raise
        print(f"host-agent: {reason(error)} (--log-level debug tells more)", file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
