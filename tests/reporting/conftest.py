from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.reporting.histories import BASES
from tests.support.servers import Database


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Days' partitions made, so that the sweep of each example has none to make. Nothing flaps, and silence
    opens no incident: the oracle of the reports knows of neither."""
    with database.connect(row_factory=dict_row) as connection:
        for base in BASES:
            connection.execute(
                "select incident_engine.ensure_partitions(%s, %s)",
                [base - timedelta(days=3), base + timedelta(days=10)],
            )
        connection.execute(
            "update incident.policy set flapping_start_percent = 'infinity', new_device_grace = '100 years'"
        )
        connection.autocommit = False
        yield connection
