"""A fleet of devices and the metric rows it sends, the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.bench.workbench import START

DEVICES_PER_HOST = 4

# What a host agent sends, in COPY's text format.
COLUMNS = """
    host_name, device_id, device_name, device_port, device_model, capture_folder, video_device,
    cpu_percent, memory_percent, memory_used_gb, memory_total_gb, disk_percent, disk_used_gb, disk_total_gb,
    uptime_seconds, platform, architecture, cpu_temperature_celsius,
    load_average_1m, load_average_5m, load_average_15m, disk_usage_capture,
    ffmpeg_uptime_seconds, ffmpeg_last_activity, monitor_uptime_seconds, monitor_last_activity,
    ffmpeg_status, monitor_status, timestamp
"""
COPY = f"copy public.system_device_metrics ({COLUMNS}) from stdin"


class Fleet:
    """`changing`: the share of devices that change state in a minute. A healthy one fails (ffmpeg stuck or
    stopped); a failing one recovers two times of three, else gets from stuck to stopped or back."""

    def __init__(self, name: str, devices: int, changing: float, at: datetime = START) -> None:
        self.at = at
        self.changing = changing
        self._random = random.Random(f"{name} {devices} {changing}")
        self._status = ["active"] * devices
        self._fixed = [
            f"{name}-{number // DEVICES_PER_HOST:05d}\tdevice{number}\tCapture {number % DEVICES_PER_HOST}\t"
            f"{number % DEVICES_PER_HOST}\tHDMI stick\tcapture{number % DEVICES_PER_HOST}\t"
            f"/dev/video{number % DEVICES_PER_HOST}\t"
            f"{number % 97}.5\t41.2\t6.4\t15.5\t63.0\t146.1\t232.0\t{86400 + number}\tLinux\taarch64\t"
            f"51.4\t0.71\t0.64\t0.59\t12G\t{7200 + number}"
            for number in range(devices)
        ]

    def minute(self) -> list[str]:
        """The next minute's line of each device, in the order of hosts."""
        for number in self._random.sample(range(len(self._status)), self._changes()):
            self._status[number] = self._next(self._status[number])
        time = self.at.isoformat()
        self.at += timedelta(minutes=1)
        return [
            f"{fixed}\t{time}\t7200\t{time}\t{status}\tactive\t{time}\n"
            for fixed, status in zip(self._fixed, self._status, strict=True)
        ]

    def fail(self, share: float) -> None:
        """So many stop in the next minute."""
        for number in self._random.sample(range(len(self._status)), int(share * len(self._status))):
            self._status[number] = "stopped"

    def recover(self) -> None:
        self._status = ["active"] * len(self._status)

    def hosts(self) -> Iterator[list[str]]:
        """The next minute, host by host."""
        lines = self.minute()
        for first in range(0, len(lines), DEVICES_PER_HOST):
            yield lines[first : first + DEVICES_PER_HOST]

    def _changes(self) -> int:
        """Whole devices, in the long run as many as `changing` says."""
        exact = self.changing * len(self._status)
        return int(exact) + (self._random.random() < exact % 1)

    def _next(self, status: str) -> str:
        if status == "active":
            return self._random.choice(("stuck", "stopped"))
        return self._random.choice(("active", "active", "stopped" if status == "stuck" else "stuck"))
