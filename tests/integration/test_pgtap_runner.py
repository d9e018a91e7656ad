"""A pgTAP file that fails must fail pytest, on the server that its id names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.embedded import REPO
from tests.support.servers import pgtap_script, server_names

pytestmark = pytest.mark.skipif(pgtap_script() is None, reason="pgTAP is not installed")

FILES = {
    "conftest.py": "from tests.conftest import *\nfrom tests.conftest import _pgtap_runner",
    "test_good.sql": "select plan(1); select pass('fine'); select * from finish();",
    "test_wrong.sql": "select plan(1); select is(1, 2, 'one is two'); select * from finish();",
    "test_too_few.sql": "select plan(2); select pass('fine'); select * from finish();",
    "test_error.sql": "select plan(1); select ok(1 / 0 = 0, 'never');",
    "test_no_plan.sql": "select 1;",
}


def test_a_failing_pgtap_file_fails_pytest(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    server = server_names()[0]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider"),
            *("-c", str(REPO / "pyproject.toml"), "--rootdir", str(REPO), "-k", server, "-rA", str(tmp_path)),
        ],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    outcomes = {
        line.split("::")[-1].split()[0]: line.split()[0]
        for line in done.stdout.splitlines()
        if line.startswith(("PASSED", "FAILED", "ERROR"))
    }
    assert outcomes == {
        f"test_good.sql[{server}]": "PASSED",
        f"test_wrong.sql[{server}]": "FAILED",
        f"test_too_few.sql[{server}]": "FAILED",
        f"test_error.sql[{server}]": "FAILED",
        f"test_no_plan.sql[{server}]": "FAILED",
    }
    assert "one is two" in done.stdout
