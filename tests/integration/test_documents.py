"""The documents name what is there: files, make targets, dependencies, and SQL that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from db.embedded import REPO
from tests.support.servers import Database

DOCUMENTS = sorted([*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md"), *(REPO / "host_agent").rglob("*.md")])
README = (REPO / "README.md").read_text()
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(one.relative_to(REPO)) for one in DOCUMENTS])
def test_every_relative_link_leads_somewhere(document) -> None:
    links = [link for link in LINK.findall(document.read_text()) if not re.match(r"https?://|mailto:", link)]
    assert [link for link in links if not (document.parent / link.split("#")[0]).exists()] == []


def test_there_are_links_to_check() -> None:
    assert {"docs/overview.svg", "docs/operator-guide.md", "docs/host-agent.md"} <= set(LINK.findall(README))


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (REPO / "Makefile").read_text()))
    named = set()
    for document in DOCUMENTS:
        code = re.findall(r"`([^`\n]+)`", document.read_text())
        code += re.findall(r"(?m)^(?: {4}|\t)(.+)$", document.read_text())
        named |= {target for text in code for target in re.findall(r"\bmake ([a-z][a-z-]*)", text)}
    assert {"demo", "test", "migrate"} <= named
    assert named - targets <= {"alone"}  # `make alone lists them`


def test_the_readme_says_why_for_every_dependency() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.match(r"[\w-]+", one)[0] for one in declared}
    rows = re.findall(r"(?m)^\| ([^|]+) \|", README)
    explained = {name.strip() for row in rows for name in row.split(",")}
    assert names - explained == set(), "add a line to the table at the end of README.md"


RECIPES = (REPO / "docs/recipes.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", RECIPES)


def test_the_queries_of_the_recipes_run_for_a_login_with_the_group_that_they_name(database: Database) -> None:
    for_viewers = [
        metric["query"] for text in blocks("yaml") for metric in _metrics(yaml.safe_load(text))
    ] + re.findall(r'--query="([^"]+)"', RECIPES)
    assert len(for_viewers) == 5
    with database.connect() as connection:
        connection.execute("set role incident_viewer")
        for query in for_viewers:
            connection.execute(query)
        connection.execute("set role incident_notifier")
        connection.execute("call incident.sweep_all('50 seconds')")
        connection.execute("set role incident_admin")
        for text in blocks("sql"):
            connection.execute(text)
        for task in (task for text in blocks("yaml") for task in _tasks(yaml.safe_load(text))):
            if "%s" not in task["query"]:
                connection.execute(task["query"])
                connection.execute(task["query"])
        assert connection.execute("select count(*) from incident.recurring_maintenance").fetchone() == (1,)


def _metrics(read: Any) -> list[dict[str, str]]:
    return read["metrics"] if isinstance(read, dict) else []


def _tasks(read: Any) -> list[dict[str, Any]]:
    module = "community.postgresql.postgresql_query"
    return [task[module] for task in read if module in task] if isinstance(read, list) else []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_the_units_of_the_recipes_are_units(tmp_path: Path) -> None:
    service, timer = blocks("ini")
    (tmp_path / "incident-sweep.service").write_text(service.replace("/usr/bin/psql", "/bin/true"))
    (tmp_path / "incident-sweep.timer").write_text(timer)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "incident-sweep" in line]) == (
        0,
        [],
    )


def test_the_sql_of_the_operator_guide_is_sql(database: Database) -> None:
    """Every statement is known to the database: it fails for want of an incident or a device at most."""
    guide = (REPO / "docs/operator-guide.md").read_text()
    blocks = re.findall(r"(?ms)^ *```sql\n(.*?)^ *```", guide)
    statements = [
        one.strip() for block in blocks for one in re.sub(r"--.*", "", block).split(";") if one.strip()
    ]
    assert len(statements) > 10
    with database.connect() as connection:
        for statement in statements:
            if "incident_adopted" in statement or "rebuild" in statement:
                continue
            try:
                connection.execute(statement)
            except Exception as error:
                missing = ("IN002", "P0002")  # no such incident, no such device
                assert getattr(error, "sqlstate", None) in missing, f"{statement}\n{error}"
