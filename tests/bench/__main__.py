"""Measure, print tables, write JSON.

    make bench                                    everything, about 5 minutes
    make bench ARGS="ingest"                      some, by the names of the modules in tests/bench/
    make bench ARGS="replay --days 30"            30 days x 100 devices (about an hour)
    make bench ARGS=--quick                       tiny, to see that it works; the numbers mean nothing

The server is a private one, made for the run: nothing of DATABASE_URL or PG* is touched. What is compared
runs interleaved, so that whatever else loads the machine loads all of it alike. Ratios count; rates depend
on the machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from db.embedded import REPO, ServerError, wheel_bin
from tests.bench.workbench import SETTINGS, Options, Workbench, machine, print_table

# Modules with a docstring whose first line is the title, and run(Workbench): rows, all with the same columns.
BENCHMARKS = (
    "ingest",
    "engine",
    "replay",
    "sweep",
    "reporting",
    "panels",
    "agent",
    "notify",
    "verbs",
    "scale",
)
BY_NAME_ONLY = {"reporting", "panels", "scale"}  # load millions of samples first


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="smoke test")
    parser.add_argument("--days", type=float, default=1, help="replay: days to import (default %(default)s)")
    parser.add_argument(
        "--devices", type=int, nargs="+", default=[1000, 10_000], help="scale: sizes (default %(default)s)"
    )
    parser.add_argument("--bin", type=Path, help="folder of another PostgreSQL's programs")
    parser.add_argument("--json", type=Path, default=REPO / "build/bench.json", help="where the numbers go")
    arguments = parser.parse_args()
    if unknown := set(arguments.benchmarks) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")

    report: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join(["make bench", *([f'ARGS="{" ".join(sys.argv[1:])}"'] if sys.argv[1:] else [])]),
        "quick": arguments.quick,
        "machine": machine(),
        "settings": SETTINGS,
        "benchmarks": {},
    }
    options = Options(quick=arguments.quick, days=arguments.days, devices=tuple(arguments.devices))
    with Workbench.open(arguments.bin or wheel_bin(), options) as bench:
        report["server"] = bench.version()
        print(f"PostgreSQL {report['server']}, {report['machine']}\n")
        for name in arguments.benchmarks or [name for name in BENCHMARKS if name not in BY_NAME_ONLY]:
            module = import_module(f"tests.bench.{name}")
            print(module.__doc__.splitlines()[0])
            report["benchmarks"][name] = module.run(bench)
            print_table(report["benchmarks"][name])

    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    print(f"wrote {arguments.json}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerError as error:
        sys.exit(f"bench: {error}")
