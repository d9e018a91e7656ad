"""What the property tests share: a connection whose deliveries are rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.property.scenarios import BASE
from tests.support.servers import Database


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Not in autocommit. The days' partitions are there, so that no sweep has to make them."""
    with database.connect() as connection:
        connection.execute(
            "select incident_engine.ensure_partitions(%s, %s)",
            [BASE - timedelta(days=3), BASE + timedelta(days=10)],
        )
        connection.autocommit = False
        yield connection
