"""A host or a device that nothing has been heard of is accepted, and said to be unknown."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.support.servers import Database

HEARD = """
insert into system_device_metrics (host_name, device_id, device_name, capture_folder, timestamp)
select host, 'd', device, 'capture1', now()
from unnest('{studio-1,studio-2,edit-bay}'::text[]) as host, unnest('{Camera 1,Camera 2}'::text[]) as device
"""
MAINTENANCE = "select incident.add_maintenance({}, now(), now() + interval '1 hour', 'new disk'{})"


def notices(connection: psycopg.Connection[Any], statement: str) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []

    def keep(notice: psycopg.errors.Diagnostic) -> None:
        heard.append((notice.message_primary or "", notice.message_hint or ""))

    connection.add_notice_handler(keep)
    connection.execute(statement)
    connection.remove_notice_handler(keep)
    return heard


@pytest.mark.parametrize(
    ("statement", "said", "meant"),
    [
        (MAINTENANCE.format("'Studio_2'", ""), "nothing has been heard of a host Studio_2", "studio-2"),
        (MAINTENANCE.format("'edti-bay'", ""), "nothing has been heard of a host edti-bay", "edit-bay"),
        (
            MAINTENANCE.format("'studio-1'", ", 'camera 2', 'capture1'"),
            "nothing has been heard of a device camera 2 (capture1) of host studio-1",
            "Camera 2 (capture1)",
        ),
        (
            "select incident.set_policy('studio1', no_data_after => '5 minutes')",
            "nothing has been heard of a host studio1",
            "studio-1",
        ),
    ],
)
def test_an_unknown_name_is_said_to_be_one(database: Database, statement: str, said: str, meant: str) -> None:
    with database.connect(autocommit=False) as connection:
        connection.execute(HEARD)
        assert notices(connection, statement) == [(said, notice_hint(meant))]
        connection.rollback()


def notice_hint(meant: str) -> str:
    kind = "device" if "(" in meant else "host"
    return f"Did you mean {meant}? It applies as soon as that {kind} reports."


@pytest.mark.parametrize(
    "statement",
    [
        MAINTENANCE.format("'studio-1'", ""),
        MAINTENANCE.format("'studio-1'", ", 'Camera 2', 'capture1'"),
        "select incident.set_policy(no_data_after => '5 minutes')",
    ],
)
def test_a_known_one_needs_no_word(database: Database, statement: str) -> None:
    with database.connect(autocommit=False) as connection:
        connection.execute(HEARD)
        assert notices(connection, statement) == []
        connection.rollback()
