"""The load of this host, read by psutil. Rates are those since the last reading."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable
from typing import Any

import psutil

from host_agent.readings import Readings

GB = 1024**3
MAX_LOAD = 999.99  # numeric(5,2): a host that busy must not lose its row over it
# The best first, of each the label that is the CPU itself: Tctl has an offset on some models.
CPU_SENSORS = {
    "coretemp": "Package id 0",
    "k10temp": "Tdie",
    "zenpower": "Tdie",
    "cpu_thermal": "",
    "cpu-thermal": "",
    "soc_thermal": "",
    "acpitz": "",
}
PLAUSIBLE_CELSIUS = (1, 120)  # firmware that knows nothing says 0, 127 or -263


COLUMNS = [
    "cpu_percent",
    "memory_percent",
    "memory_used_gb",
    "memory_total_gb",
    "disk_percent",
    "disk_used_gb",
    "disk_total_gb",
    "uptime_seconds",
    "platform",
    "architecture",
    "cpu_temperature_celsius",
    "load_average_1m",
    "load_average_5m",
    "load_average_15m",
]  # that system_metrics and system_device_metrics have in common


class Host:
    """The readings of a host, each on its own: what gives some of the columns."""

    def __init__(self, temperature_sensor: str | None = None) -> None:
        cpu, writes = CpuPercent(), DiskWriteRate()
        with contextlib.suppress(Exception):  # a rate needs a reading before; failing, it will say so itself
            writes()
        self.readings: dict[str, Callable[[], dict[str, Any]]] = {
            "cpu": lambda: {"cpu_percent": cpu()},
            "memory": memory,
            "disk": disk,
            "uptime": lambda: {"uptime_seconds": max(0, int(time.time() - psutil.boot_time()))},
            "platform": lambda: {"platform": platform.system(), "architecture": platform.machine()},
            "temperature": lambda: temperature(temperature_sensor),
            "load": load,
            "disk writes": lambda: {"disk_write_mb_per_sec": writes()},
        }


def get_host_system_stats(seconds: float = 10) -> dict[str, Any]:
    """The common columns; null what could not be read."""
    values, _ = Readings()(HOST.readings, seconds)
    found = {name: value for some in values.values() for name, value in some.items()}
    return {name: found.get(name) for name in COLUMNS}


def memory() -> dict[str, float]:
    found = psutil.virtual_memory()
    used, total = round(found.used / GB, 2), round(found.total / GB, 2)
    return {"memory_percent": found.percent, "memory_used_gb": used, "memory_total_gb": total}


def disk() -> dict[str, float]:
    found = psutil.disk_usage("/")
    used, total = round(found.used / GB, 2), round(found.total / GB, 2)
    return {"disk_percent": found.percent, "disk_used_gb": used, "disk_total_gb": total}


def load() -> dict[str, float]:
    values = [min(round(value, 2), MAX_LOAD) for value in psutil.getloadavg()]
    return {f"load_average_{minutes}m": value for minutes, value in zip((1, 5, 15), values, strict=True)}


def temperature(wanted: str | None) -> dict[str, Any]:
    celsius, sensor = cpu_sensor(wanted)
    return {"cpu_temperature_celsius": celsius, "temperature_sensor": sensor}


def cpu_sensor(wanted: str | None = None) -> tuple[float | None, str | None]:
    """°C of the CPU and the sensor that says so: `wanted` ('chip' or 'chip/label'), else the best known one;
    None where there is none, as in a virtual machine."""
    sensors = psutil.sensors_temperatures() if hasattr(psutil, "sensors_temperatures") else {}
    chip, _, label = (wanted or "").partition("/")
    for name, best in {chip: label}.items() if wanted else CPU_SENSORS.items():
        found = {one.label: one.current for one in sensors.get(name, ()) if plausible(one.current)}
        if wanted and label:
            found = {label: found[label]} if label in found else {}
        if found:
            hottest = best if best in found else max(found, key=lambda one: found[one])
            return round(found[hottest], 1), f"{name}/{hottest}".rstrip("/")
    if wanted:
        there = ", ".join(f"{chip}/{one.label}" for chip, some in sensors.items() for one in some) or "none"
        raise LookupError(f"temperature_sensor = '{wanted}' says nothing plausible; there are: {there}")
    return None, None


def plausible(celsius: float | None) -> bool:
    return celsius is not None and PLAUSIBLE_CELSIUS[0] <= celsius < PLAUSIBLE_CELSIUS[1]


def cpu_temperature() -> float | None:
    return cpu_sensor()[0]


def disk_usage_text(folder: object) -> str:
    """How full the file system of a folder is: '41.3% of 931.5 GB'."""
    usage = psutil.disk_usage(str(folder))
    return f"{usage.percent:.1f}% of {usage.total / GB:.1f} GB"


class CpuPercent:
    """Share of the time since the last call that the CPUs worked. psutil's own counts for each thread."""

    def __init__(self) -> None:
        self._last = (0.0, 0.0)
        with contextlib.suppress(Exception):
            self()

    def __call__(self) -> float:
        times = psutil.cpu_times()
        total = sum(times[:8])  # what guests take is in user and nice
        before, self._last = self._last, (total, total - times.idle - getattr(times, "iowait", 0))
        passed, worked = (now - then for now, then in zip(self._last, before, strict=True))
        return round(min(100.0, max(0.0, 100 * worked / passed)), 1) if passed > 0 else 0.0


class DiskWriteRate:
    """MB written per second by all disks since the last call; None the first time."""

    def __init__(self) -> None:
        self._last: tuple[float, int] | None = None

    def __call__(self) -> float | None:
        counters = psutil.disk_io_counters()
        if counters is None:
            return None
        before, self._last = self._last, (time.monotonic(), counters.write_bytes)
        if before is None or self._last[0] <= before[0]:
            return None
        written = max(0, self._last[1] - before[1])
        return round(written / (self._last[0] - before[0]) / 1024**2, 2)


HOST = Host()
