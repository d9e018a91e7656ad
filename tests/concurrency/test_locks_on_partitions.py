"""A fold locks the partitions of the times it is about, not those of a year: many hosts fold at once."""

from __future__ import annotations

from tests.support.servers import Database

LOCKED = """
select count(distinct l.relation)
from pg_locks as l
join pg_class as c on c.oid = l.relation
where l.pid = pg_backend_pid() and c.relkind = 'r' and c.relname ~ '^system_device_metrics_[0-9]{8}$'
"""
INSERT = """
insert into system_device_metrics
    (host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status)
select 'host-1', 'd', 'Device 1', 'capture1',
    now() - interval '12 hours' + %s * interval '1 minute', %s, 'active'
"""


def test_a_row_with_news_locks_the_partitions_of_its_time(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "select incident_engine.ensure_partitions(now() - interval '60 days', now() + interval '7 days')"
        )
        connection.execute(INSERT, [0, "active"])
        connection.execute("select incident.sweep()")
    with database.connect(autocommit=False) as connection:
        for minute, status in enumerate(["stopped", "active", "stuck", "active", "stopped"], 1):
            connection.execute(INSERT, [minute, status])
        (locked,) = connection.execute(LOCKED).fetchone()
        # today's, and yesterday's where the day began less than half a day ago
        assert 1 <= locked <= 3
        connection.rollback()


def test_a_round_of_the_sweep_locks_the_partitions_of_its_time(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "select incident_engine.ensure_partitions(now() - interval '60 days', now() + interval '7 days')"
        )
        connection.execute(INSERT, [0, "active"])
        connection.execute("select incident.sweep(now() - interval '12 hours')")
    with database.connect(autocommit=False) as connection:
        connection.execute("select incident.sweep(now() - interval '11 hours')")
        assert connection.execute("select ffmpeg_status from incident.device").fetchone() == ("no_data",)
        (locked,) = connection.execute(LOCKED).fetchone()
    assert locked <= 4
