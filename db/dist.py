"""Builds what a release holds, reproducibly: `make dist`.

    dist/pg_incident-X.Y.Z.sql              installs or upgrades: psql -X -1 -f pg_incident-X.Y.Z.sql
    dist/pg_incident-X.Y.Z-adopt.sql        takes over the rows of an earlier monitoring, afterwards
    dist/pg_incident-X.Y.Z-uninstall.sql    takes it away
    dist/pg_incident-X.Y.Z-grafana.tar.gz   dashboards and provisioning files
    dist/pg_incident-X.Y.Z.zip              all SQL files with META.json, for PGXN
    dist/pg_incident-X.Y.Z-py3-none-any.whl the host agent
    dist/SHA256SUMS

The same commit gives the same bytes: no time, no owner, sorted names.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
EPOCH = 315532800  # 1980-01-01, the first moment that a zip file can name


def version(tree: Path = TREE) -> str:
    return tomllib.loads((tree / "pyproject.toml").read_text())["project"]["version"]


def single_file(tree: Path = TREE) -> str:
    """db/migrate.sql with all that it includes: one file for psql that needs no tree around it."""
    return inlined(tree / "db/migrate.sql", tree)


def inlined(file: Path, tree: Path) -> str:
    """The file with its includes. What psql would find out with the tree at hand is found out now."""
    lines: list[str] = []
    text = file.read_text()
    if file == tree / "db/migrate.sql":
        name = f"pg_incident-{version(tree)}.sql"
        text = text.replace(", from the repo's root, as\n", ":\n")
        text = text.replace("db/migrate.sql", name).replace("make migrate", f"psql -X -1 -f {name}")
    constants: dict[str, str] = {}  # what \set has set so far
    for line in text.splitlines():
        if found := re.fullmatch(r"\\set (migration|file) (\S+)", line):
            constants[found[1]] = found[2]
            lines.append(line)
        elif re.fullmatch(r"\\set content `.*`", line) or line == r"\ir check_tree.psql":
            continue
        elif line == r"\ir hash.psql":
            lines.append(rf"\set sha256 {baseline_hash(tree)}")
        elif line == r"\ir apply.psql":
            lines.append(applied(tree / "db" / constants["file"], tree))
        elif line == r"\ir apply_migration.psql":
            migration = tree / f"db/migrations/{constants['migration']}.sql"
            lines.append(rf"\set file migrations/{migration.name}")
            lines.append(rf"\set sha256 {hashlib.sha256(migration.read_bytes()).hexdigest()}")
            lines.append(applied(migration, tree))
        elif found := re.fullmatch(r"\s*\\ir (\S+)", line):
            lines.append(inlined(file.parent / found[1], tree))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def applied(migration: Path, tree: Path) -> str:
    """db/apply.psql for one file."""
    text = (tree / "db/apply.psql").read_text()
    return text.replace(r"    \ir :file" + "\n", inlined(migration, tree))


def baseline_hash(tree: Path) -> str:
    """What db/migrate.sql computes of the baseline's files."""
    files = [tree / "db/baseline.sql", *sorted((tree / "db/types").glob("*.sql"))]
    files += sorted((tree / "db/tables").glob("*.sql"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def meta(tree: Path = TREE) -> str:
    """META.json as PGXN wants it."""
    number = version(tree)
    abstract = tomllib.loads((tree / "pyproject.toml").read_text())["project"]["description"]
    said = {
        "name": "pg_incident",
        "abstract": abstract,
        "version": number,
        "maintainer": "pg_incident maintainers",
        "license": "postgresql",
        "provides": {
            "pg_incident": {"file": f"pg_incident-{number}.sql", "version": number, "abstract": abstract}
        },
        "prereqs": {"runtime": {"requires": {"PostgreSQL": "15.0.0"}}},
        "meta-spec": {"version": "1.0.0", "url": "https://pgxn.org/meta/spec.txt"},
    }
    return json.dumps(said, indent=2) + "\n"


def archive(files: dict[str, bytes]) -> bytes:
    """A .tar.gz of files by name."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), EPOCH
            tar.addfile(entry, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), mtime=0)


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)  # 1980-01-01
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zip_file.writestr(entry, content)
    return packed.getvalue()


def wheel(tree: Path, into: Path) -> Path:
    """The wheel, built in a copy: a build leaves files behind."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        for name in ("pyproject.toml", "LICENSE"):
            shutil.copy(tree / name, source)
        for package in sorted(found.parent for found in tree.glob("*/__main__.py")):
            if package.name in ("host_agent", "notifier"):
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(package, source / package.name, ignore=ignored)
        for path in source.rglob("*"):  # whatever the umask of the clone was
            path.chmod(0o755 if path.is_dir() else 0o644)
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "-w", str(into), str(source)],
            check=True,
            umask=0o022,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH), "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )
    (made,) = into.glob("*.whl")
    return made


def build(tree: Path = TREE, into: Path = TREE / "dist") -> list[Path]:
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    name = f"pg_incident-{version(tree)}"
    sql = {
        f"{name}.sql": single_file(tree).encode(),
        f"{name}-adopt.sql": (tree / "db/adopt.sql").read_bytes(),
        f"{name}-uninstall.sql": (tree / "db/uninstall.psql").read_bytes(),
    }
    grafana = {
        f"{name}-grafana/{file.relative_to(tree / 'grafana')}": file.read_bytes()
        for folder in ("dashboards", "provisioning")
        for file in (tree / "grafana" / folder).rglob("*")
        if file.is_file()
    }
    texts = {text: (tree / text).read_bytes() for text in ("README.md", "CHANGELOG.md", "LICENSE")}
    whole = {f"{name}/{file}": content for file, content in (sql | texts).items()}
    whole[f"{name}/META.json"] = meta(tree).encode()
    made = {**sql, f"{name}-grafana.tar.gz": archive(grafana), f"{name}.zip": zipped(whole)}
    for file, content in made.items():
        (into / file).write_bytes(content)
    wheel(tree, into)
    files = sorted(into.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (into / "SHA256SUMS").write_text(sums)
    return [*files, into / "SHA256SUMS"]


if __name__ == "__main__":
    for file in build():
        print(f"{file.relative_to(TREE)}  {file.stat().st_size} bytes")
