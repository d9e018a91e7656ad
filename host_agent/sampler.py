"""A sample: what the host and each of its devices are doing now."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import Any

from host_agent import VERSION
from host_agent.config import Component, Config, Device
from host_agent.devices import CLOCK_TOLERANCE, Status, judge, look
from host_agent.host import COLUMNS, Host, disk_usage_text
from host_agent.processes import Processes, identified, read_table, some_are_hidden
from host_agent.readings import Readings
from host_agent.spool import Row

log = logging.getLogger("host_agent")


class Sampler:
    """Takes samples, and remembers from one to the next what rates and changes are told from."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.host = Host(config.temperature_sensor)
        self._readings = Readings()
        self._failures: dict[Any, str] = {}
        self._seen: set[str] = set()  # components of which a process was seen since the start
        self._clock_error = time.time() - time.monotonic()
        self._last_status: dict[tuple[str, str], str] = {}

    def sample(self, at: datetime) -> list[Row]:
        """The rows of a round: one for each device and one for the host, all with the time `at`."""
        values, failures = self._read(self.host.readings)
        host = {name: value for some in values.values() for name, value in some.items()}
        common = {"host_name": self.config.host_name, "timestamp": at.isoformat()}
        common |= {name: host.get(name) for name in COLUMNS}
        statuses, failed = self._statuses()
        failures |= failed
        devices = self.config.devices
        full, failed = self._read(
            {(one.capture_folder, "disk"): partial(disk_usage_text, one.path) for one in devices}
        )
        failures |= failed
        rows = []
        for device, found in zip(devices, statuses, strict=True):
            own = device_columns(device, *found)
            own["disk_usage_capture"] = full.get((device.capture_folder, "disk"))
            rows.append(Row("system_device_metrics", common | own))
        own = host_columns(self.config, statuses)
        own["disk_write_mb_per_sec"] = host.get("disk_write_mb_per_sec")
        own["agent"] = {"version": VERSION, "temperature_sensor": host.get("temperature_sensor")}
        own["agent"] |= {
            "unreadable_folders": sorted({key[0] for key in failures if not isinstance(key, str)}),
            "failed_readings": sorted(key for key in failures if isinstance(key, str)),
        }
        self._tell_failures(failures)
        return [*rows, Row("system_metrics", common | own)]

    def _read(self, jobs: dict[Any, Callable[[], Any]]) -> tuple[dict[Any, Any], dict[Any, str]]:
        return self._readings(jobs, min(10.0, max(1.0, self.config.interval_seconds / 6)))

    def _statuses(self) -> tuple[list[tuple[Status, Status]], dict[Any, str]]:
        """The status of both components of each device, and what could not be read."""
        components = (self.config.ffmpeg, self.config.monitor)
        jobs = {}
        processes, failures = self._processes(components)
        for device in self.config.devices:
            for component in components:
                key = (device.capture_folder, component.name)
                jobs[key] = partial(look, device.path, component, processes[component.name])
        looks, failed = self._read(jobs)
        failures |= failed
        clock_error = time.time() - time.monotonic()
        clock_was_set = abs(clock_error - self._clock_error) > CLOCK_TOLERANCE
        self._clock_error = clock_error

        statuses: dict[Any, Status] = {}
        for component in components:
            mine = {key: seen for key, seen in looks.items() if key[1] == component.name}
            served = [seen.serving for seen in mine.values()]
            served += [processes[component.name].naming(device.path) for device in self.config.devices]
            claimed = {process.pid for some in served for process in some}
            doubt = processes[component.name].doubt(claimed)
            for key, seen in mine.items():
                statuses[key] = judge(seen, component, doubt, clock_was_set)
        for key in jobs:
            status = statuses.setdefault(key, Status("unknown", f"cannot read it: {failed.get(key)}"))
            if self._last_status.get(key) != status.status:
                level = logging.INFO if status.status == "active" else logging.WARNING
                log.log(level, "%s: %s is %s (%s)", *key, status.status, status.reason)
            self._last_status[key] = status.status
        pairs = [
            tuple(statuses[device.capture_folder, component.name] for component in components)
            for device in self.config.devices
        ]
        return pairs, failures

    def _processes(self, components: tuple[Component, ...]) -> tuple[dict[str, Processes], dict[Any, str]]:
        """The processes of each component. Their folders are looked up one by one: one may not answer."""
        if not self.config.devices:
            return {one.name: Processes((), True) for one in components}, {}
        table, failures = self._read({"processes": lambda: (read_table(components), some_are_hidden())})
        tables, hidden = table.get("processes", ({one.name: [] for one in components}, True))
        jobs = {
            ("process", process.pid, name): partial(identified, process, component)
            for (name, found), component in zip(tables.items(), components, strict=True)
            for process in found
        }
        known, _ = self._read(jobs)
        self._seen |= {name for name, found in tables.items() if found}
        made = {}
        for name, found in tables.items():
            some = (known.get(("process", one.pid, name)) or replace(one, readable=False) for one in found)
            # Where others are hidden, the process that was seen here before is the one to look for here.
            made[name] = Processes(tuple(some), not hidden or name in self._seen)
        return made, failures

    def _tell_failures(self, failures: dict[Any, str]) -> None:
        for key in failures.keys() - self._failures.keys():
            what = key if isinstance(key, str) else " ".join(key)
            log.error("cannot read %s: %s", what, failures[key])
        self._failures = failures


def device_columns(device: Device, ffmpeg: Status, monitor: Status) -> dict[str, Any]:
    """What a row of system_device_metrics says of the device itself."""
    row = {key: value for key, value in asdict(device).items() if key != "path"}
    for name, status in (("ffmpeg", ffmpeg), ("monitor", monitor)):
        row[f"{name}_status"] = status.status
        row[f"{name}_uptime_seconds"] = status.uptime_seconds
        row[f"{name}_last_activity"] = status.last_activity and status.last_activity.isoformat()
    return row


def host_columns(config: Config, statuses: list[tuple[Status, Status]]) -> dict[str, Any]:
    """What a row of system_metrics says besides the load: the status of each capture folder."""
    row: dict[str, Any] = {"server_name": config.server_name}
    folders = [device.capture_folder for device in config.devices]
    for number, name in enumerate(("ffmpeg", "monitor")):
        found = [both[number] for both in statuses]
        uptimes = [status.uptime_seconds for status in found if status.uptime_seconds is not None]
        row[f"{name}_status"] = dict(zip(folders, (one.status for one in found), strict=True)) or None
        row[f"{name}_service_uptime_seconds"] = max(uptimes, default=None)
    return row
