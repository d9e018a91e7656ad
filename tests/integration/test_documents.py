"""The documents name what is there: files, make targets, dependencies, and SQL that runs."""

from __future__ import annotations

import re
import tomllib

import pytest

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
