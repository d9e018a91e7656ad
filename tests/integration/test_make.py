"""What a person types: in a folder with blanks, without psql on PATH, in the order of a first evening."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.embedded import REPO, clean_environment
from tests.support.servers import server_home, server_names

pytestmark = pytest.mark.skipif("pg18" not in server_names(), reason="the embedded server is not in use here")


@dataclass
class Tree:
    """A clone, as far as make can tell, and the PATH of somebody who has no psql."""

    folder: Path
    path: Path

    def start(self, *arguments: str, **options: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            # The tools are those of this repository; nobody wants to wait for pip here.
            ["make", "-o", ".venv/.ready", *arguments],
            cwd=self.folder,
            env=clean_environment() | {"PATH": str(self.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def make(self, *arguments: str, types: str = "", succeeds: bool = True) -> str:
        process = self.start(*arguments)
        output, _ = process.communicate(types, timeout=300)
        assert (process.returncode == 0) == succeeds, output
        return output


@pytest.fixture
def tree() -> Iterator[Tree]:
    home = server_home()
    made = Tree(home / "a folder with blanks", home / "programs")
    tracked = subprocess.check_output(
        ["git", "-C", REPO, "ls-files", "--cached", "--others", "--exclude-standard"], text=True
    )
    for name in tracked.splitlines():
        if (REPO / name).exists():
            (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPO / name, made.folder / name)
    (made.folder / ".venv").symlink_to(Path(sys.prefix))
    made.path.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        for program in Path(folder).glob("*"):
            if program.name != "psql" and not (made.path / program.name).exists():
                (made.path / program.name).symlink_to(program)
    yield made
    subprocess.run(
        [sys.executable, "db/embedded.py", "stop"], cwd=made.folder, env=clean_environment(), check=True
    )
    shutil.rmtree(home, ignore_errors=True)


def test_from_the_first_look_to_the_last(tree: Tree) -> None:
    assert shutil.which("psql", path=str(tree.path)) is None
    assert "Next: make demo" in tree.make()
    assert "Next: make migrate" in tree.make("status", succeeds=False)

    # What the demo leaves is what the commands open, until there is another.
    subprocess.run(
        [
            *(sys.executable, "-c"),
            "from db.embedded import *; embedded().create_database(DEMO_DATABASE)",
        ],
        cwd=tree.folder,
        env=clean_environment(),
        check=True,
    )
    url = subprocess.check_output(
        [sys.executable, "db/embedded.py", "url"], cwd=tree.folder, env=clean_environment(), text=True
    ).strip()
    assert "/incident_demo?" in url
    assert "There is no pg_incident" in tree.make("status", succeeds=False)
    tree.make("migrate", f"DATABASE_URL={url}")
    assert "Next: " in tree.make("status")  # no host, so nothing to look at: all is well
    assert "incident_demo" in tree.make("psql", types="select current_database()")
    assert "Next: " in tree.make("migrate")
    assert "incident_demo" not in tree.make("psql", types="select current_database()")
    assert "Next: " in tree.make("sweep")

    # Programs go, data stays, also when the programs are gone already.
    (tree.folder / ".embedded/data/kept").touch()
    tree.make("clean")
    assert not (tree.folder / ".venv").exists()
    tree.make("clean")
    assert "Nothing was deleted" in tree.make("clean-data", types="no\n", succeeds=False)
    assert "Nothing was deleted" in tree.make("clean-data", succeeds=False)
    assert (tree.folder / ".embedded/data/kept").exists()
    assert "Deleted" in tree.make("clean-data", types="yes\n")
    assert not (tree.folder / ".embedded").exists()
    assert "nothing to delete" in tree.make("clean-data")


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever is not root has seen it in the tests above")
def test_somebody_who_is_not_root_needs_nothing_more(tree: Tree) -> None:
    """In a clone of their own, without psql, and without a right on anything else."""
    user = pwd.getpwnam("nobody")
    # Our own Python may be in a home that nobody else may enter; what it has installed is not.
    python = tree.folder / ".venv/bin/python"
    (tree.folder / ".venv").unlink()
    python.parent.mkdir(parents=True)
    packages = sysconfig.get_path("purelib")
    python.write_text(f"#!/bin/sh\nPYTHONPATH='{packages}' exec /usr/bin/python3 \"$@\"\n")
    python.chmod(0o755)
    for path in (tree.folder, *tree.folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    tree.folder.parent.chmod(0o711)
    theirs = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    for command in ("migrate", "sweep", "status", "stop"):
        process = tree.start(command, **theirs)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
        assert "Next: " in output
    assert {path.stat().st_uid for path in (tree.folder / ".embedded").iterdir()} == {user.pw_uid}


def test_stops_a_server_whose_programs_are_gone(tree: Tree) -> None:
    tree.make("migrate")
    (tree.folder / ".venv").unlink()
    tree.make("clean")
    assert not (tree.folder / ".embedded/data/postmaster.pid").exists()


def test_ctrl_c_ends_quietly(tree: Tree) -> None:
    process = tree.start(
        "demo",
        start_new_session=True,
        # Tests that run in a shell's background inherit an ignored SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    first = process.stdout.readline() + process.stdout.readline()
    assert "Setting up" in first
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert "Traceback" not in output, output
    assert "***" not in output, output
