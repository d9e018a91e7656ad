"""Each site has a number, and gives away numbers that no other site gives."""

from __future__ import annotations

import pytest

from tests.support.servers import Database

RANGE = 10_000_000_000

FAILURE = """
insert into public.system_device_metrics (
    host_name, device_id, device_name, capture_folder, ffmpeg_status, monitor_status, timestamp
)
select 'studio', 'one', 'Camera', 'capture1', case when n >= 2 then 'stopped' else 'active' end, 'active',
    date_trunc('minute', now()) - (4 - n) * interval '1 minute'
from generate_series(1, 3) as n;
select incident.acknowledge(incident_id, note => 'seen') from public.system_incident;
select incident.add_maintenance('studio', now(), now() + interval '1 hour', reason => 'cables');
select incident.set_policy(host_name => 'studio', sla_target => 95);
"""


def test_a_site_gives_away_numbers_of_its_own_range(empty_database: Database) -> None:
    empty_database.migrate(arguments=["-v", "site=3"])
    empty_database.migrate()  # keeps its number
    with empty_database.connect() as connection:
        connection.execute(FAILURE)
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name from incident_engine.numbered_columns"
        ).fetchall()
        seen = {
            table: connection.execute(f"select array_agg({column}) from {table}").fetchone()[0]
            for table, column in columns
        }
        assert {"public.system_incident", "incident.timeline", "incident.maintenance"} <= set(seen)
        for table, numbers in seen.items():
            assert all(3 * RANGE <= number < 4 * RANGE for number in numbers or []), table
        assert seen["public.system_incident"] == [3 * RANGE]
        sites = connection.execute(
            """select site from incident.host union select site from incident.policy
            union select incident_engine.own_site()"""
        ).fetchall()
        assert sites == [(3,)]
        assert connection.execute("select target_percent from incident.sla_report()").fetchall() == [(95,)]


def test_numbers_stay_short_where_there_is_one_site(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(FAILURE)
        assert connection.execute("select incident_id from public.system_incident").fetchall() == [(1,)]


def test_a_number_is_refused_once_something_is_numbered(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(FAILURE)
    refused = database.migrate(arguments=["-v", "site=4"], check=False)
    assert refused.returncode != 0
    assert "this database is site 0 and cannot become site 4" in refused.stderr
    assert "before its first row" in refused.stderr
    database.migrate(arguments=["-v", "site=0"])


def test_a_number_may_change_as_long_as_nothing_is_numbered(empty_database: Database) -> None:
    empty_database.migrate(arguments=["-v", "site=3"])
    empty_database.migrate(arguments=["-v", "site=4"])
    with empty_database.connect() as connection:
        connection.execute(FAILURE)
        assert connection.execute("select incident_id from public.system_incident").fetchall() == [
            (4 * RANGE,)
        ]


@pytest.mark.parametrize("number", ["-1", "100000"])
def test_a_number_out_of_range_is_refused(empty_database: Database, number: str) -> None:
    refused = empty_database.migrate(arguments=["-v", f"site={number}"], check=False)
    assert refused.returncode != 0
    assert f"a site has a number from 0 to 99999, not {number}" in refused.stderr


def test_all_that_people_read_of_hosts_is_published(database: Database) -> None:
    with database.connect() as connection:
        left_out = connection.execute(
            """select c.relname from pg_class as c join pg_attribute as a on a.attrelid = c.oid
            where c.relnamespace = 'incident'::regnamespace and c.relkind = 'r' and a.attname = 'host_name'
                and c.relname not in (select table_name from incident_engine.published_tables)
            order by 1"""
        ).fetchall()
    # What is told to whom, and what was sealed, is each site's own.
    assert left_out == [("notification",), ("sealed_report_line",)]
