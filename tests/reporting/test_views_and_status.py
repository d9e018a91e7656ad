"""Views, summary, ranking, trends and the screen of `make status`, also of a database with nothing in it."""

from __future__ import annotations

import re

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.support.rows import device_rows, insert, minute
from tests.support.servers import Database

CALLS = (
    "availability()",
    "availability_by('day')",
    "sla_report()",
    "response_times()",
    "mtbf()",
    "reliability_ranking()",
    "recurring()",
    "trends()",
    "status()",
    *("active", "recent", "summary"),
)


def test_every_answer_is_there_for_a_viewer_of_an_empty_database(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("set role incident_viewer")
        for call in CALLS:
            connection.execute(f"select * from incident.{call}").fetchall()
        status = connection.execute("select topic, answer from incident.status()").fetchall()
    assert [topic for topic, _ in status] == ["NOW", "AVAILABILITY", "MTTA", "MTTR"]
    assert status[0][1].startswith("nothing is broken")


def recent(database: Database) -> psycopg.Connection[dict[str, object]]:
    """One device that failed an hour ago for 12 minutes, and has been failing again for the last 5."""
    connection = database.connect(row_factory=dict_row)
    (now,) = connection.execute("select date_trunc('minute', now()) as now").fetchall()
    rows = device_rows("active " * 10 + "stuck " * 12 + "active " * 43 + "stopped " * 6)
    for row in rows:
        row["timestamp"] += now["now"] - minute(70)
    insert(connection, rows)
    connection.execute("select incident.sweep()")
    return connection


def test_durations_read_like_12_min_or_12_min_ongoing(database: Database) -> None:
    with recent(database) as connection:
        rows = connection.execute("select duration, severity, status from incident.recent").fetchall()
        assert re.fullmatch(r"[56] min \(ongoing\)", str(rows[0]["duration"]))
        assert rows[1] == {"duration": "12 min", "severity": "high", "status": "resolved"}
        (active,) = connection.execute("select * from incident.active").fetchall()
        assert active["minutes_open"] in (5, 6)
        (summary,) = connection.execute("select * from incident.summary").fetchall()
        counts = ("active", "detected_24h", "detected_7d", "average_resolution_minutes", "critical_24h")
        assert tuple(summary[name] for name in counts) == (1, 2, 2, 12, 1)
        assert (summary["in_maintenance"], summary["overdue"]) == (0, None)
        assert (summary["unacknowledged"], summary["unresolved_7d"]) == (1, 1)


def test_retracted_incidents_are_nowhere(database: Database) -> None:
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active stuck active"))
        connection.execute("update public.system_incident set retracted_at = now()")
        window = [minute(0), minute(10), minute(10)]
        for call in (
            "response_times(%s, %s, 'fleet', %s)",
            "recurring(%s, %s, 'UTC', 1, %s)",
        ):
            assert connection.execute(f"select * from incident.{call}", window).fetchall() == []
        (mtbf,) = connection.execute("select * from incident.mtbf(%s, %s, 'fleet', %s)", window).fetchall()
        assert mtbf["failures"] == 1  # what the states say, nobody can take back
        assert connection.execute("select * from incident.recent").fetchall() == []
        (summary,) = connection.execute("select * from incident.summary").fetchall()
        assert summary["detected_7d"] == 0


def test_status_says_who_must_do_what(database: Database) -> None:
    with recent(database) as connection:
        status = connection.execute("select topic, answer from incident.status()").fetchall()
    topics = [row["topic"] for row in status if row["topic"]]
    assert topics == ["NOW", "AVAILABILITY", "SLA", "MTTA", "MTTR", "MTBF"]
    assert len(status) <= 20
    text = "\n".join(str(row["answer"]) for row in status)
    assert "1 active, 1 critical, 1 with nobody on it" in text
    assert re.search(
        r"#2 CRITICAL: ffmpeg stopped .* for [56] min, nobody: select incident\.acknowledge\(2\);", text
    )
    assert "12 min in the last 7 d" in text
    assert "2 failures in the last 30 d, 1 lasting" in text


def test_ranking_tells_the_reason_and_lists_nobody_twice(database: Database) -> None:
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active " * 60, device_name="Good", capture_folder="good"))
        insert(
            connection,
            device_rows(
                "active " * 20 + "stuck " * 6 + "active " * 34, device_name="Bad", capture_folder="bad"
            ),
        )
        insert(
            connection,
            device_rows(
                "active " * 20 + "- " * 20 + "active " * 20, device_name="Mute", capture_folder="mute"
            ),
        )
        rows = connection.execute(
            "select * from incident.reliability_ranking(%s, %s, as_of => %s)",
            [minute(0), minute(60), minute(60)],
        ).fetchall()
    assert [(row["standing"], row["place"], row["device_name"], row["reason"]) for row in rows] == [
        ("worst", 1, "Mute", "silent 20 min"),
        ("worst", 2, "Bad", "down 6 min in 1 failure"),
        ("best", 1, "Good", "up all 1 h 0 min"),
    ]


def test_trends_compare_week_with_week(database: Database) -> None:
    """Monday 2 March: one failure of 2 minutes; the week after two of 4 and 2 minutes."""
    week = 7 * 24 * 60
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active stuck stuck active"))
        insert(connection, device_rows("active stuck stuck stuck stuck active stuck stuck active", at=week))
        rows = connection.execute(
            "select * from incident.trends(2, 'UTC', %s)", [minute(2 * week)]
        ).fetchall()
    first, second, third = rows if len(rows) == 3 else [*rows, None]
    assert (first["incidents"], first["mttr_seconds"], first["is_complete"]) == (1, 120, True)
    assert (second["incidents"], second["incidents_change"]) == (2, 1)
    assert (second["mttr_seconds"], second["mttr_change"]) == (180, 60)
    assert third is None or third["incidents_change"] is None


@pytest.mark.parametrize(
    "call, message",
    [
        ("sla_report(window_start => now(), window_end => now())", "must be after"),
        ("sla_report(by => 'planet')", "cannot report by 'planet'"),
        ("response_times(by => 'moon')", "cannot report by 'moon'"),
        ("response_times(as_of => null)", "as_of null"),
        ("mtbf(by => null)", "cannot report by null"),
        ("reliability_ranking(top => 0)", "top must be 1 or more, not 0"),
        ("reliability_ranking(top => null)", "top must be 1 or more, not null"),
        ("reliability_ranking(window_start => 'infinity')", "must be finite"),
        ("recurring(time_zone => 'Mars/Phobos')", "time zone 'Mars/Phobos' is not known"),
        ("recurring(at_least => null)", "at_least must be 1 or more, not null"),
        ("trends(weeks => -1)", "weeks must be 1 or more, not -1"),
        ("trends(time_zone => null)", "time zone null is not known"),
    ],
)
def test_nonsense_is_refused(database: Database, call: str, message: str) -> None:
    with database.connect() as connection, pytest.raises(psycopg.errors.InvalidParameterValue) as error:
        connection.execute(f"select * from incident.{call}")
    assert message in error.value.diag.message_primary
    assert error.value.diag.message_hint


@pytest.mark.parametrize(
    "seconds, text",
    [
        ("59.999999", "59 s"),
        ("60", "1 min"),
        ("3599.9", "59 min"),
        ("11100", "3 h 5 min"),
        ("187200", "2 d 4 h"),
        ("-720", "-12 min"),
    ],
)
def test_durations_for_people(database: Database, seconds: str, text: str) -> None:
    assert database.psql(f"select incident_engine.readable_duration({seconds})") == text


def test_durations_are_worked_out_in_the_query_that_shows_them(database: Database) -> None:
    """As a function of its own each would take as long as the report of its device."""
    call = "incident_engine.readable_duration(s::numeric)"
    query = f"explain (verbose) select {call} from generate_series(1, 9) as s"
    with database.connect() as connection:
        plan = "\n".join(line for (line,) in connection.execute(query).fetchall())
    assert "CASE" in plan and "readable_duration" not in plan


def test_nobody_reads_that_all_is_well_from_a_database_that_nobody_looks_at(database: Database) -> None:
    """By a warning where there are no rows to say it in."""
    told: list[str] = []
    overdue = "nobody has looked for silence yet"
    with database.connect(row_factory=dict_row) as connection:
        insert(connection, device_rows("active active"))
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary))
        for view in ("active", "announced", "summary"):
            told.clear()
            connection.execute(f"select * from incident.{view}").fetchall()
            assert told == [overdue], view
        (counts,) = connection.execute("select * from incident.summary").fetchall()
        assert counts["overdue"] == overdue
        (status, *_) = connection.execute("select answer from incident.status()").fetchall()
        assert status["answer"].startswith(overdue.upper())
        assert "nothing is broken" not in status["answer"]
        connection.execute("select incident.sweep()")
        told.clear()
        connection.execute("select * from incident.active").fetchall()
        (summary,) = connection.execute("select * from incident.summary").fetchall()
        assert (told, summary["overdue"]) == ([], None)
