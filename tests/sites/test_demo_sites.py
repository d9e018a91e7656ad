"""`make demo-sites` plays to its end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from db.embedded import REPO
from tests.support.servers import server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


def test_shows_two_sites_and_a_central_database() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.sites"], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lives at site munich" in done.stdout
    assert "both say the same, to the microsecond" in done.stdout
