"""A pgTAP file that fails must fail pytest, on the server that its id names; none leaves anything behind."""

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
    "test_commits.sql": "select plan(1); select pass('fine'); select * from finish(); commit;",
    "test_commits_in_its_own.sql": """-- pytest.mark.own_database
        begin; select plan(1); select pass('fine'); select * from finish(); commit;""",
    # Both alike: the second would stumble over what the first left.
    "test_one.sql": (
        leaves := """begin; select plan(2);
        select is((select count(*) from system_incident), 0::bigint, 'nothing there');
        create table left_over ();
        prepare left_over as select 1;
        select pg_advisory_lock(1);
        select test.send('stuck');
        select is((select incident_id from system_incident), 1::bigint, 'numbers begin anew');
        select * from finish(); rollback;"""
    ),
    "test_two.sql": leaves,
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
        f"test_commits.sql[{server}]": "FAILED",
        f"test_commits_in_its_own.sql[{server}]": "PASSED",
        f"test_one.sql[{server}]": "PASSED",
        f"test_two.sql[{server}]": "PASSED",
    }
    assert "pytest.mark.own_database" in done.stdout
    assert "one is two" in done.stdout
