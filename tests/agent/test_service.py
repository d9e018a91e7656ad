"""The unit, and what the package brings with it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from db.embedded import REPO
from host_agent.__main__ import WRONG
from host_agent.signals import WATCHDOG_SECONDS

UNIT = REPO / "host_agent/host-agent.service"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program and a user that are here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text())
    file = tmp_path / "host-agent.service"
    file.write_text(text.replace("User=capture", "User=daemon"))
    return file


def test_systemd_understands_the_unit(unit: Path) -> None:
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_unit_exposes_little(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_unit_knows_the_agents_promises() -> None:
    settings = dict(re.findall(r"(?m)^(\w+)=(.*)$", UNIT.read_text()))
    assert settings["RestartPreventExitStatus"] == str(WRONG)
    assert settings["Type"] == "notify"
    assert int(settings["WatchdogSec"]) > 60 + WATCHDOG_SECONDS
    assert "RemoveIPC" not in settings


def test_unit_and_example_are_in_the_wheel() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())
    patterns = project["tool"]["setuptools"]["package-data"]["host_agent"]
    others = {file.name for file in (REPO / "host_agent").iterdir() if file.suffix not in (".py", "")}
    matched = {file.name for pattern in patterns for file in (REPO / "host_agent").glob(pattern)}
    assert matched == others == {"host-agent.service", "host-agent.example.toml"}
