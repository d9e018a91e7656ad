"""Reads the TOML file. Whatever is wrong with it is an error that names the key, the value and the rule."""

from __future__ import annotations

import difflib
import os
import socket
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

RESERVED_FOLDERS = ("", "unknown", "host")  # 'host' stands for the host itself in system_incident


class ConfigError(Exception):
    """The agent cannot run as it is configured."""


@dataclass(frozen=True)
class Component:
    """How to recognise the processes and the files of ffmpeg, or of the monitor."""

    name: str  # ffmpeg or monitor
    process: str  # file name of the program or script
    files: tuple[str, ...]  # patterns below the capture folder: "*.ts", "metadata/*.json"
    fresh_seconds: float  # how old the newest file may be
    shared: bool  # one process serves every folder, its command line names none


@dataclass(frozen=True)
class Device:
    device_id: str
    device_name: str
    capture_folder: str  # as the database knows it
    path: Path  # the folder itself
    device_port: str | None = None
    device_model: str | None = None
    video_device: str | None = None


@dataclass(frozen=True)
class Config:
    host_name: str
    server_name: str | None
    interval_seconds: float
    temperature_sensor: str | None  # chip, or chip/label
    spool: Path
    spool_days: float
    spool_megabytes: float
    ffmpeg: Component
    monitor: Component
    devices: tuple[Device, ...]


def load(file: Path) -> Config:
    """The configuration in `file`, or ConfigError."""
    try:
        top = Table(str(file), tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}. Name another file with --config.") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8: {error}. Save it in that encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not TOML: {error}") from None

    root = top.path("capture_root", "/")
    config = Config(
        host_name=top.text("host_name", socket.gethostname()),
        server_name=top.text("server_name", None),
        interval_seconds=top.seconds("interval_seconds", 60),
        temperature_sensor=top.text("temperature_sensor", None),
        spool=top.path("spool", "/var/lib/host-agent/spool.sqlite3"),
        spool_days=top.number("spool_days", 30, least=0.01, most=400, unit="days"),
        spool_megabytes=top.number("spool_megabytes", 1000, least=1, most=1_000_000, unit="MB"),
        ffmpeg=component(top.table("ffmpeg"), "ffmpeg", "ffmpeg", ["*.ts", "*.m4s", "*.jpg"]),
        monitor=component(top.table("monitor"), "monitor", "capture_monitor.py", ["*.json"]),
        devices=tuple(device(table, root) for table in top.tables("device")),
    )
    top.no_other_keys()
    check_devices(str(file), config.devices)
    return config


def component(table: Table, name: str, process: str, files: list[str]) -> Component:
    made = Component(
        name=name,
        process=table.text("process", process),
        files=tuple(table.texts("files", files)),
        fresh_seconds=table.seconds("fresh_seconds", 30),
        shared=table.flag("shared", False),
    )
    table.no_other_keys()
    if "/" in made.process or " " in made.process:
        table.fail(
            f"process = '{made.process}' must be the program's file name alone, without path or arguments"
        )
    for pattern in made.files:
        if pattern.startswith("/") or {"..", "**"} & set(pattern.split("/")) or set(pattern) & set("\\$%"):
            table.fail(f"files: '{pattern}' must be a pattern like '*.ts', 'segments/*.ts' or '*/*.ts'")
    return made


def device(table: Table, root: Path) -> Device:
    capture_folder = table.text("capture_folder")
    if capture_folder.endswith("/"):
        table.fail(f"capture_folder = '{capture_folder}': leave out the last slash, it is part of the key")
    if capture_folder in RESERVED_FOLDERS:
        table.fail(
            f"capture_folder = '{capture_folder}' is reserved. Name the folder this device records into"
        )
    made = Device(
        device_id=table.text("device_id"),
        device_name=table.text("device_name"),
        capture_folder=capture_folder,
        path=Path(os.path.normpath(root / capture_folder)),
        device_port=table.text("device_port", None),
        device_model=table.text("device_model", None),
        video_device=table.text("video_device", None),
    )
    table.no_other_keys()
    return made


def check_devices(file: str, devices: tuple[Device, ...]) -> None:
    """No two devices share an id or a folder: the files of one would speak for the other. By name alone:
    nothing here touches a folder, which may hang."""
    for number, one in enumerate(devices):
        for other in devices[:number]:
            both = f"{file}: [[device]] {devices.index(other) + 1} and {number + 1}"
            if one.device_id == other.device_id:
                raise ConfigError(f"{both} have the same device_id = '{one.device_id}'")
            if one.path.is_relative_to(other.path) or other.path.is_relative_to(one.path):
                raise ConfigError(
                    f"{both} have capture_folder = '{other.capture_folder}' and '{one.capture_folder}', "
                    "which are the same folder or one inside the other. Give each device a folder of its own"
                )


class Table:
    """A TOML table that knows its name and which keys were asked for."""

    def __init__(self, name: str, values: dict[str, Any]) -> None:
        self.name = name
        self._values = values
        self._known: list[str] = []

    def fail(self, message: str) -> NoReturn:
        raise ConfigError(f"{self.name}: {message}")

    def no_other_keys(self) -> None:
        for key in self._values.keys() - set(self._known):
            near = difflib.get_close_matches(key, self._known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(self._known)}"
            self.fail(f"unknown key '{key}'; {hint}")

    def _get(self, key: str, default: Any, kinds: type | tuple[type, ...], wanted: str) -> Any:
        self._known.append(key)
        if key not in self._values:
            if default is ...:
                self.fail(f"{key} is missing")
            return default
        value = self._values[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.fail(f"{key} = {value!r} must be {wanted}")
        return value

    def text(self, key: str, default: Any = ...) -> Any:
        value = self._get(key, default, str, "a text in quotes")
        if value is not None and (not value.strip() or "\0" in value):
            self.fail(f"{key} must not be empty")
        if value is not None and value != value.strip():
            self.fail(f"{key} = {value!r} must not begin or end with blanks")
        return value

    def path(self, key: str, default: str) -> Path:
        value = Path(self.text(key, default))
        if not value.is_absolute():
            self.fail(f"{key} = '{value}' must be a full path, beginning with /")
        return value

    def texts(self, key: str, default: list[str]) -> list[str]:
        values = self._get(key, default, list, 'a list of texts, like ["*.ts"]')
        if not values or not all(isinstance(value, str) and value for value in values):
            self.fail(f'{key} = {values!r} must be a list of texts, like ["*.ts"]')
        return values

    def seconds(self, key: str, default: float, most: float = 900) -> float:
        return self.number(key, default, least=0.1, most=most, unit="seconds")

    def number(self, key: str, default: float, least: float, most: float, unit: str) -> float:
        value = self._get(key, default, (int, float), f"a number of {unit}")
        if not least <= value <= most:
            self.fail(f"{key} = {value!r} must be from {least:g} to {most:g} {unit}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        return self._get(key, default, bool, "true or false")

    def table(self, key: str) -> Table:
        return Table(f"{self.name}: [{key}]", self._get(key, {}, dict, f"a table: [{key}]"))

    def tables(self, key: str) -> list[Table]:
        values = self._get(key, [], list, f"tables: [[{key}]]")
        if not all(isinstance(value, dict) for value in values):
            self.fail(f"{key} must be tables: [[{key}]]")
        return [Table(f"{self.name}: [[{key}]] {number}", value) for number, value in enumerate(values, 1)]
