"""Rewrite a committed file from a fresh install on the embedded PostgreSQL: `make schema`, `make docs`.

python -m tests.support.generate schema|reference
"""

from __future__ import annotations

import sys

from db.embedded import REPO
from tests.support.dump import dump_schema
from tests.support.reference import reference
from tests.support.servers import temporary_server

GENERATED = {
    "schema": (REPO / "db/schema.sql", dump_schema),
    "reference": (REPO / "docs/reference.md", reference),
}


def main(name: str) -> None:
    file, generate = GENERATED[name]
    server = temporary_server("pg18")
    try:
        file.parent.mkdir(exist_ok=True)
        file.write_text(generate(server.database("migrated").url))
    finally:
        server.remove()
    print(f"wrote {file.relative_to(REPO)}")


if __name__ == "__main__":
    main(sys.argv[1])
