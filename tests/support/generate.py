"""Rewrite a committed file from a fresh install on the embedded PostgreSQL: `make schema`, `make docs`.

python -m tests.support.generate schema|reference|permissions ...
"""

from __future__ import annotations

import sys

from db.embedded import REPO
from tests.support import permissions
from tests.support.dump import snapshot
from tests.support.reference import reference
from tests.support.servers import temporary_server

GENERATED = {
    "schema": {REPO / "db/schema.sql": snapshot},
    "reference": {REPO / "docs/reference.md": reference},
    "permissions": {
        REPO / "tests/security/permissions.csv": permissions.as_csv,
        REPO / "docs/permissions.md": permissions.as_markdown,
    },
}


def main(names: list[str]) -> None:
    server = temporary_server("pg18")
    try:
        url = server.database("migrated").url
        for file, generate in (item for name in names for item in GENERATED[name].items()):
            file.parent.mkdir(exist_ok=True)
            file.write_text(generate(url))
            print(f"wrote {file.relative_to(REPO)}")
    finally:
        server.remove()


if __name__ == "__main__":
    main(sys.argv[1:])
