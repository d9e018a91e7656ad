"""notifier: see --help."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path

import psycopg

from notifier import __version__
from notifier.config import Config, ConfigError, connection_parameters, load
from notifier.delivery import Message, NotDelivered, send
from notifier.work import Notifier

HELP = """\
commands:
  run            deliver what is due until SIGTERM, and run the sweep where nothing else does
  once           deliver what is due now
  test CONTACT   send a test to a contact; the database is not asked
  check-config   read the configuration, ask the database who is to be told (--offline: do not)

The database is named by DATABASE_URL, or by libpq's PGHOST, PGSERVICE, PGPASSFILE ...
"""


def send_test(config: Config, contact: str) -> int:
    if contact not in config.contacts:
        raise ConfigError(
            f"there is no contact {contact}; there are {', '.join(sorted(config.contacts)) or 'none'}"
        )
    body = {"total": 0, "incidents": [], "kinds": {}, "severities": {}, "hosts": 0, "held_back": 0}
    message = Message(
        f"{config.site}-test-{time.time_ns()}",
        "Test of pg_incident",
        f"If you can read this, {config.name} can tell {contact}.\n",
        {**body, "contact": contact, "recipient": contact},
    )
    failed = 0
    for number, url in enumerate(config.contacts[contact], 1):
        try:
            send(url, message, config.timeout_seconds)
            print(f"{contact}, URL {number}: sent")
        except NotDelivered as error:
            failed = 1
            print(f"{contact}, URL {number}: {error}", file=sys.stderr)
    return failed


def check(config: Config, file: Path, offline: bool) -> int:
    print(f"{file} is fine: {config.name} reaches {', '.join(sorted(config.contacts)) or 'nobody'}")
    if offline:
        return 0
    with psycopg.connect(**connection_parameters()) as connection:
        (unreachable,) = connection.execute(
            "select unreachable_contacts from incident.notifier_seen(%s, %s, %s)",
            [config.name, __version__, sorted(config.contacts)],
        ).fetchone()
        connection.rollback()  # a check is no notifier that is alive
    for contact in unreachable:
        print(
            f"no URL for {contact}, whom the database would have told: add it under [contact]",
            file=sys.stderr,
        )
    return 1 if unreachable else 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="notifier",
        description="Tells people what the database says is due to be told.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, default=Path("/etc/notifier/notifier.toml"), metavar="FILE")
    parser.add_argument("--offline", action="store_true", help="check-config: do not ask the database")
    parser.add_argument("--version", action="version", version=f"notifier {__version__}")
    parser.add_argument("command", choices=["run", "once", "test", "check-config"])
    parser.add_argument("contact", nargs="?", help="of test")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    logging.Formatter.converter = time.gmtime
    logging.getLogger(
        "apprise"
    ).propagate = False  # what it logs may hold addresses; its words are kept elsewhere
    try:
        config = load(options.config)
        connection_parameters()
        match options.command:
            case "run":
                Notifier(config).run()
            case "once":
                return 0 if Notifier(config).once() else 1
            case "test":
                return send_test(config, options.contact or "default")
            case "check-config":
                return check(config, options.config, options.offline)
    except ConfigError as error:
        print(f"notifier: {error}", file=sys.stderr)
        return 2
    except psycopg.Error as error:
        print(f"notifier: database: {str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
