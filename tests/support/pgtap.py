"""How a pgTAP file runs: as one transaction, by default in a database that the next one finds unchanged."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.abc import Query
from psycopg.rows import scalar_row
from pytest_pgtap.pgtap import Runner


class TapRunner(Runner):
    @staticmethod
    def _collectrows(cur: psycopg.Cursor[Any]) -> list[str]:
        """Text alone can be TAP; tests also select functions for what they do."""
        return [row for row in Runner._collectrows(cur) if isinstance(row, str)]


class RolledBack(TapRunner):
    """Leaves nothing behind: neither rows nor what outlives a rollback (prepared statements, session locks;
    numbers are what test.plan() sees to). A file may `begin` and `rollback` itself, not commit."""

    def run(self, query: Query) -> list[str]:
        cursor = self.conn.cursor(row_factory=scalar_row)
        transaction = cursor.execute("select pg_current_xact_id()::text").fetchone()
        try:
            return self._collectrows(cursor.execute(query))
        finally:
            self.conn.rollback()
            cursor.execute("select pg_advisory_unlock_all()")
            cursor.execute("deallocate all")
            fate = cursor.execute("select pg_xact_status(%s::xid8)", [transaction]).fetchone()
            self.conn.rollback()
            if fate != "aborted":
                self.conn.close()
                pytest.fail("it commits; its first line must be: -- pytest.mark.own_database", pytrace=False)
