"""Two scripts plan the same maintenance at the same moment: the second waits for the first, and it is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.concurrency.support import wait_until_blocked
from tests.support.servers import Database

ONCE = "select incident.add_maintenance('host-1', '2026-03-02 02:00+00', '2026-03-02 03:00+00', 'new disk')"
WEEKLY = """
select incident.add_recurring_maintenance('host-1', '{sunday}', '02:30', '1 hour', 'Europe/Berlin', 'backup')
"""


@pytest.mark.parametrize(
    ("plans", "planned", "again"),
    [
        (ONCE, "select count(*) from incident.maintenance", "this is planned already, as maintenance 1"),
        (
            WEEKLY,
            "select count(*) from incident.recurring_maintenance",
            "this is planned already, as series 1",
        ),
    ],
    ids=["once", "weekly"],
)
def test_it_is_one(database: Database, plans: str, planned: str, again: str) -> None:
    with database.connect(autocommit=False) as first, database.connect(application_name="second") as second:
        said: list[str] = []
        second.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        first.execute(plans)
        with ThreadPoolExecutor(1) as pool:
            call = pool.submit(lambda: second.execute(plans))
            wait_until_blocked(database, call, "second")
            assert not call.done()
            first.commit()
            call.result()
        assert second.execute(planned).fetchone() == (1,)
        assert said[-1] == again
