"""LISTEN incident_event: a hint for each entry of a timeline."""

from __future__ import annotations

import json

import pytest

from tests.support.rows import device_row, insert
from tests.support.servers import server_names, temporary_server


@pytest.mark.parametrize("name", server_names()[:1])
def test_each_change_is_an_event_and_many_are_one(name: str) -> None:
    server = temporary_server(name, {"max_prepared_transactions": "0"})
    try:
        database = server.database("migrated")
        with database.connect() as listener, database.connect() as writer:
            listener.execute("listen incident_event")

            def heard() -> list[dict[str, object]]:
                return [json.loads(one.payload) for one in listener.notifies(timeout=2)]

            insert(writer, device_row(0, ffmpeg_status="stuck"))
            writer.execute("select incident.acknowledge(1)")
            told = heard()
            assert [one["event"] for one in told] == ["detected", "acknowledged"]
            assert {one["incident_id"] for one in told} == {1}
            with writer.transaction(force_rollback=True):
                writer.execute("select incident.comment(1, 'never said')")
            insert(
                writer,
                [
                    device_row(1, host_name="h", device_name=f"d{n}", ffmpeg_status="stuck")
                    for n in range(1001)
                ],
            )
            assert {"event": "many"} in heard()
    finally:
        server.remove()
