"""The load of this host, read by psutil. No reading blocks: rates are those since the last call."""

from __future__ import annotations

import platform
import time
from pathlib import Path
from typing import Any

import psutil

GB = 1024**3
MAX_LOAD = 999.99  # numeric(5,2): a host that busy must not lose its row over it
CPU_SENSORS = ("coretemp", "k10temp", "zenpower", "cpu_thermal", "cpu-thermal", "soc_thermal", "acpitz")


def get_host_system_stats() -> dict[str, Any]:
    """The columns that system_metrics and system_device_metrics have in common."""
    memory = psutil.virtual_memory()
    disk = psutil.disk_usage("/")
    load = [min(round(value, 2), MAX_LOAD) for value in psutil.getloadavg()]
    return {
        "cpu_percent": psutil.cpu_percent(
            interval=None
        ),  # psutil took the first reading when it was imported
        "memory_percent": memory.percent,
        "memory_used_gb": round(memory.used / GB, 2),
        "memory_total_gb": round(memory.total / GB, 2),
        "disk_percent": disk.percent,
        "disk_used_gb": round(disk.used / GB, 2),
        "disk_total_gb": round(disk.total / GB, 2),
        "uptime_seconds": max(0, int(time.time() - psutil.boot_time())),
        "platform": platform.system(),
        "architecture": platform.machine(),
        "cpu_temperature_celsius": cpu_temperature(),
        "load_average_1m": load[0],
        "load_average_5m": load[1],
        "load_average_15m": load[2],
    }


def cpu_temperature() -> float | None:
    """The hottest CPU sensor in °C; None where there is none, as in a virtual machine."""
    try:
        sensors = psutil.sensors_temperatures()
    except (AttributeError, OSError):
        return None
    found = [one.current for name in CPU_SENSORS for one in sensors.get(name, ()) if one.current]
    return round(max(found), 1) if found else None


def disk_usage_text(folder: Path) -> str | None:
    """How full the file system of a folder is: '41.3% of 931.5 GB'; None if it cannot be asked."""
    try:
        usage = psutil.disk_usage(str(folder))
    except OSError:
        return None
    return f"{usage.percent:.1f}% of {usage.total / GB:.1f} GB"


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
