"""Notifications: what they add to the transaction that opens incidents, and how soon people are told.

Opening: CPU of the server's process for one statement in which n devices fail, with the outbox and without
its triggers, interleaved. Telling: a notifier tells a webhook of incidents committed at a steady rate,
out of the box but for group_interval and limit; time from the commit to the request's arrival.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from db.embedded import REPO
from tests.bench.engine import insert
from tests.bench.workbench import Row, Times, Workbench

TRIGGERS = ("write_notifications_of_new_incidents", "announce_incident")


def run(bench: Workbench) -> list[Row]:
    sizes = [20] if bench.options.quick else [4, 200, 2000]
    return [*(opening(bench, size) for size in sizes), telling(bench)]


def opening(bench: Workbench, devices: int) -> Row:
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=90)
    times = {"enable": Times(), "disable": Times()}
    repetitions = 2 if bench.options.quick else max(2, min(10, 4000 // devices))
    with bench.database(start) as database, database.connect() as connection:
        for number in range(repetitions * 2):
            insert(connection, start, "active", number * devices, (number + 1) * devices - 1)
        connection.execute("vacuum analyze")
        for number in range(repetitions * 2):
            way = ("enable", "disable")[number % 2]
            for trigger in TRIGGERS:
                connection.execute(f"alter table public.system_incident {way} trigger {trigger}")
            with times[way].measured(connection):
                insert(
                    connection,
                    start + timedelta(minutes=1),
                    "stuck",
                    number * devices,
                    (number + 1) * devices - 1,
                )
    return {
        "what": "devices fail in a statement",
        "number": devices,
        "ms": round(sum(times["enable"].cpu) / repetitions / devices * 1000, 3),
        "ms_without": round(sum(times["disable"].cpu) / repetitions / devices * 1000, 3),
        "x": times["enable"].ratio(times["disable"])["cpu_ratio"] or "-",
        "p50_ms": "-",
        "p99_ms": "-",
    }


def telling(bench: Workbench) -> Row:
    rate, seconds = (10, 3) if bench.options.quick else (100, 20)
    arrived: dict[str, float] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for incident in body["incidents"]:
                arrived.setdefault(incident["device_name"], time.perf_counter())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    committed: dict[str, float] = {}
    start = datetime.now(UTC) - timedelta(minutes=2)
    with bench.database(start) as database, database.connect() as connection:
        connection.execute(
            "select incident.set_contact('default', group_interval => '0', messages_per_hour => 1000000)"
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "notifier.toml"
            file.write_text(
                f'name = "bench"\n[contact]\ndefault = "webhook+http://127.0.0.1:{server.server_port}/"\n'
            )
            notifier = subprocess.Popen(
                [sys.executable, "-m", "notifier", "--config", file, "run"],
                cwd=REPO,
                env={**os.environ, "DATABASE_URL": database.url},
                stderr=subprocess.DEVNULL,
            )
            try:
                while not connection.execute("select count(*) from incident.notifier").fetchone()[0]:
                    time.sleep(0.05)
                began = time.perf_counter()
                for number in range(rate * seconds):
                    time.sleep(max(0, began + number / rate - time.perf_counter()))
                    insert(connection, datetime.now(UTC), "stuck", number, number)
                    committed[f"Device {number}"] = time.perf_counter()
                end = time.perf_counter() + 60
                while len(arrived) < len(committed) and time.perf_counter() < end:
                    time.sleep(0.05)
            finally:
                notifier.terminate()
                notifier.wait(30)
                server.shutdown()
                server.server_close()
    lags = sorted((arrived[name] - committed[name]) * 1000 for name in committed if name in arrived)
    return {
        "what": f"told, at {rate} incidents/s",
        "number": len(lags),
        "ms": "-",
        "ms_without": "-",
        "x": "-",
        "p50_ms": round(statistics.median(lags), 1),
        "p99_ms": round(lags[int(len(lags) * 0.99)], 1),
    }
