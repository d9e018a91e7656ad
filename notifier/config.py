"""Reads the TOML file. What is wrong is an error that names the key and the rule, never a password."""

from __future__ import annotations

import difflib
import os
import re
import socket
import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from notifier.delivery import AddressError, check_address

# Used unless DATABASE_URL says otherwise: a dead network ends a round, it does not hang it.
CONNECTION_DEFAULTS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 15_000,  # milliseconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "fallback_application_name": "notifier",
}
KEYS = {
    "name": str,
    "site": str,
    "timeout_seconds": (int, float),
    "poll_seconds": (int, float),
    "grafana": str,
    "dead_mans_switch": str,
    "contact": dict,
    "template": dict,
}
TEMPLATE_FIELDS = {"title", "lines", "take", "link", "message"}


class ConfigError(Exception):
    """The notifier cannot run as it is configured."""


@dataclass(frozen=True)
class Config:
    name: str  # of this notifier: two share the work under different names
    site: str  # part of every message's key, so that two databases' messages are told apart
    timeout_seconds: float  # how long one delivery may take
    poll_seconds: float
    contacts: dict[str, tuple[str, ...]]  # name -> where it is reached
    grafana: str | None = None  # link to an incident's dashboard, {incident_id} in it
    dead_mans_switch: str | None = None  # called every minute while all is well
    title: str = "$title"
    body: str = "$lines\n\n$take$link$message"


def load(file: Path) -> Config:
    """The configuration in `file`, or ConfigError."""
    try:
        top = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}. Name another file with --config.") from None
    except ValueError as error:  # TOMLDecodeError, UnicodeDecodeError
        raise ConfigError(f"{file} is not TOML: {error}") from None
    for key, value in top.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            raise ConfigError(f"{file}: unknown key {key}{f', is {near[0]} meant' if near else ''}?")
        if not isinstance(value, KEYS[key]) or isinstance(value, bool):
            raise ConfigError(f"{file}: {key} is a {type(value).__name__}; see notifier.example.toml")
    host = socket.gethostname()
    template = templates(file, top.get("template", {}))
    return Config(
        name=top.get("name", host),
        site=re.sub(r"[^A-Za-z0-9.-]", "-", top.get("site", host)),
        timeout_seconds=seconds(file, top, "timeout_seconds", 20, 1, 100),
        poll_seconds=seconds(file, top, "poll_seconds", 2, 0.1, 60),
        contacts={name: addresses(file, name, given) for name, given in top.get("contact", {}).items()},
        grafana=link(file, top, "grafana"),
        dead_mans_switch=link(file, top, "dead_mans_switch"),
        **template,
    )


def seconds(file: Path, top: dict[str, Any], key: str, default: float, least: float, most: float) -> float:
    value = float(top.get(key, default))
    if not least <= value <= most:
        raise ConfigError(f"{file}: {key} = {value} must be from {least} to {most}")
    return value


def link(file: Path, top: dict[str, Any], key: str) -> str | None:
    value = top.get(key)
    if value is not None and not re.match(r"https?://[^\s/]+", value):
        raise ConfigError(f"{file}: {key} must begin with http:// or https://")
    return value


def addresses(file: Path, contact: str, given: Any) -> tuple[str, ...]:
    urls = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
    if not urls or not all(isinstance(url, str) and url for url in urls):
        raise ConfigError(f"{file}: contact {contact} needs an URL, or a list of them")
    for number, url in enumerate(urls, 1):
        try:
            check_address(url)
        except AddressError as error:
            raise ConfigError(f"{file}: URL {number} of contact {contact}: {error}") from None
    return urls


def templates(file: Path, given: dict[str, Any]) -> dict[str, str]:
    for key, value in given.items():
        if key not in ("title", "body") or not isinstance(value, str):
            raise ConfigError(f"{file}: template has title and body, texts, not {key}")
        template = string.Template(value)
        names = {match["named"] or match["braced"] or "" for match in template.pattern.finditer(value)}
        unknown = names - TEMPLATE_FIELDS - {""}
        if unknown:
            known = ", ".join(f"${field}" for field in sorted(TEMPLATE_FIELDS))
            raise ConfigError(
                f"{file}: template.{key} has {', '.join(sorted(unknown))}; there are {known}, and $$ for $"
            )
    return given


def connection_parameters() -> dict[str, Any]:
    """From DATABASE_URL; what it leaves out libpq takes from PG* variables, service and password files."""
    try:
        given = conninfo_to_dict(os.environ.get("DATABASE_URL", ""))
    except ProgrammingError:  # its message would show the password
        raise ConfigError(
            "DATABASE_URL is not a connection string. It looks like postgresql://user@host:5432/dbname"
        ) from None
    return CONNECTION_DEFAULTS | given
