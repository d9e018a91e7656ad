"""`make pgtap` with DATABASE_URL: run the pgTAP files by pg_prove in that database.

It must have pg_incident and nothing in it, for the tests look at whole tables. Each file rolls back what it
does; pgTAP (schema tap) and the tests' words (schema test) are taken away at the end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import psycopg

from db.embedded import REPO
from tests.support.psql import run_psql
from tests.support.servers import PGTAP_OPTIONS, load_pgtap, pgtap_script

EMPTY = """
select
    to_regclass('incident.device') is not null,
    to_regnamespace('tap') is null and to_regnamespace('test') is null
"""
ROWS = """
select exists (select from public.system_device_metrics) or exists (select from public.system_metrics)
    or exists (select from public.system_incident) or exists (select from incident.device)
"""


def main(arguments: list[str]) -> int:
    url = os.environ["DATABASE_URL"]
    if not shutil.which("pg_prove"):
        sys.exit("pg_prove is missing: apt-get install libtap-parser-sourcehandler-pgtap-perl")
    if not pgtap_script():
        sys.exit("pgTAP is missing: apt-get install postgresql-15-pgtap")
    with psycopg.connect(url) as connection:
        installed, unused = connection.execute(EMPTY).fetchone()
        if not installed:
            sys.exit("There is no pg_incident in this database. Next: make migrate")
        if not unused:
            sys.exit("This database has a schema tap or test already, which the tests would overwrite.")
        if connection.execute(ROWS).fetchone()[0]:
            sys.exit(
                "This database has samples or incidents. The tests need one with pg_incident and no rows."
            )
    try:
        load_pgtap(url)
        return subprocess.run(
            [
                *("pg_prove", "--psql-bin", "tests/support/psql_rolled_back"),
                *("--recurse", "--ext", ".sql", "--timer", "--nocolor"),
                *(arguments or ["tests/pgtap"]),
            ],
            cwd=REPO,
            env=os.environ | {"PGOPTIONS": PGTAP_OPTIONS},
            check=False,
        ).returncode
    finally:
        run_psql(url, "set client_min_messages = warning; drop schema if exists test, tap cascade")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
